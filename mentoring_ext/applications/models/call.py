"""Calls for mentors."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation
from lms.questionnaires.models import Version
from mentoring_ext.applications.models.stage import Stage
from mentoring_ext.programmes.models import Cohort

if TYPE_CHECKING:
    from lms.people.models import User


class Audience(models.TextChoices):
    """Whom a call speaks to; each has a form of its own."""

    EXTERNAL = "external", _("External professionals")
    IN_HOUSE = "in_house", _("Our own staff")


class CallQuerySet(models.QuerySet["Call"]):
    """Reads of calls."""

    def open_on(self, day: date) -> Self:
        """Keep the calls that take applications on that day, its last day included."""
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def listed_for(self, user: object) -> Self:
        """Keep the calls that a list may show ``user``: those for everybody, and those for staff of one's own house."""
        from mentoring_ext.applications.permissions import calls_listed_for

        return self.filter(calls_listed_for(user))

    def visible_to(self, user: object, day: date) -> Self:
        """Keep the calls whose page can be opened by that day; ``user`` need not be signed in.

        The page of a call for staff opens by its link alone, which nobody can guess.
        """
        from mentoring_ext.applications.permissions import calls_reviewed_by

        return self.filter(models.Q(opens_on__lte=day) | calls_reviewed_by(user))

    def reviewed_by(self, user: "User") -> Self:
        """Keep the calls whose applications ``user`` decides on."""
        from mentoring_ext.applications.permissions import calls_reviewed_by

        return self.filter(calls_reviewed_by(user))

    def coordinated_by(self, user: "User") -> Self:
        """Keep the calls of the cohorts that ``user`` coordinates."""
        return self.filter(cohort__in=Cohort.objects.coordinated_by(user).values("pk"))

    def with_waiting(self) -> Self:
        """Add ``waiting``, how many applications nobody has looked at, and ``confirmed``, how many there are."""
        seen = ~models.Q(applications__stage=Stage.UNCONFIRMED)
        new = models.Q(applications__stage=Stage.RECEIVED)
        return self.annotate(
            waiting=models.Count("applications", filter=new), confirmed=models.Count("applications", filter=seen)
        )


class Call(models.Model):
    """An invitation to apply as a mentor of a cohort, open from one day to another, both included.

    ``version`` is what the call asks: one form, for one audience. ``answers_by`` is the day by which applicants know.
    """

    Audience = Audience

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="calls")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="calls", verbose_name=_("cohort"))
    audience = models.CharField(_("for whom"), max_length=20, choices=Audience, default=Audience.EXTERNAL)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("what the call asks"))
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(unique=True)
    text = models.TextField(_("what you look for"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    answers_by = models.DateField(_("applicants have an answer by"), null=True, blank=True)

    objects = CallQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["closes_on"]
        verbose_name = _("call for mentors")
        verbose_name_plural = _("calls for mentors")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="call_closes_after_open"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentoring_applications:call_detail", args=[self.slug])

    def is_open(self, day: date) -> bool:
        """Return whether the call takes applications on that day."""
        return self.opens_on <= day <= self.closes_on
