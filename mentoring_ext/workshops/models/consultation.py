"""Consultations: an external mentor helps a group, or the organisation, for some time and with limited access."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.chat.models import Room
from lms.people.models import Organisation
from mentoring_ext.groups.models import MentoringGroup

if TYPE_CHECKING:
    from lms.people.models import User


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Reads of consultations."""

    def visible_to(self, user: "User") -> Self:
        """Keep those that ``user`` asked for, is asked for, or oversees as the group's coordinator or mentor."""
        from mentoring_ext.workshops.permissions import consultations_seen_by

        return self.filter(consultations_seen_by(user))

    def running(self, day: date) -> Self:
        """Keep those that were accepted and hold on that day."""
        accepted = self.filter(state=Consultation.State.ACCEPTED)
        return accepted.filter(starts_on__lte=day, ends_on__gte=day)


class Consultation(models.Model):
    """Help that a mentor is asked for: by whom, for which group (or the organisation), with what scope, until when.

    The consultant reads the group's topics and outcomes, never its forms, documents, chat or board; they talk with who
    asked in ``room``.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        ENDED = "ended", _("Ended")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="consultations")
    group = models.ForeignKey(MentoringGroup, models.CASCADE, null=True, blank=True, related_name="consultations")
    consultant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consultations")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consultations_asked")
    scope = models.TextField(_("what help is needed"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED)
    answer = models.TextField(_("answer"), blank=True)
    asked_at = models.DateTimeField()
    room = models.OneToOneField(Room, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ConsultationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="consultation_ends_later"
            )
        ]

    def __str__(self) -> str:
        return str(self.group or self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("mentoring_workshops:consultation_detail", args=[self.pk])

    def is_running(self, day: date) -> bool:
        """Return whether the consultant has access on that day."""
        return self.state == self.State.ACCEPTED and self.starts_on <= day <= self.ends_on
