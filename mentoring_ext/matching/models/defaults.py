"""What a programme sets for the pairing of its cohorts."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.programmes.models import Programme

if TYPE_CHECKING:
    from lms.people.models import User


class PairingDefaultsQuerySet(models.QuerySet["PairingDefaults"]):
    """Reads of programmes' defaults."""

    def visible_to(self, user: "User") -> Self:
        """Keep those of the programmes that ``user`` sees."""
        return self.filter(programme__in=Programme.objects.visible_to(user).order_by())


class PairingDefaults(models.Model):
    """How the pairing of a programme's cohorts begins; each cohort can choose otherwise before it pairs.

    ``weights`` maps a factor's code to 0–5, ``options`` holds size, minimum, objective, common_slot, meeting and
    online. ``wishes`` lets cohorts ask their mentees whom they would like, ``blind`` hides names until the decision is
    closed. A programme without a row has the site's defaults: no wishes, and names are shown.
    """

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="pairing_defaults")
    weights = models.JSONField(_("weights"), default=dict)
    options = models.JSONField(_("options"), default=dict)
    wishes = models.BooleanField(_("mentees may say whom they would like"), default=False)
    blind = models.BooleanField(_("names are hidden while pairs are decided"), default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = PairingDefaultsQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("defaults of the pairing")
        verbose_name_plural = _("defaults of the pairing")

    def __str__(self) -> str:
        return str(self.programme)
