"""Interviews: the appointment, and what was said."""

from typing import Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.applications.models.application import Application


class Interview(models.Model):
    """The record of an informal interview: ``answers`` is a list of {question, note}. Its author may go on writing."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="interviews")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    held_on = models.DateField(_("day of the interview"))
    answers = models.JSONField(_("notes on the questions"), default=list)
    impression = models.TextField(_("your impression"), blank=True)
    written_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["held_on", "pk"]
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")

    def __str__(self) -> str:
        return f"{self.application}, {self.held_on}"


def new_uid() -> str:
    """Return a name for a calendar entry that no other entry has."""
    return f"{uuid4()}@kyklos"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Reads of appointments."""

    def standing(self) -> Self:
        """Leave out what was called off."""
        return self.exclude(state=Appointment.State.CANCELLED)

    def confirmed(self) -> Self:
        """Keep those whose time is fixed."""
        return self.filter(state=Appointment.State.CONFIRMED)


class Appointment(models.Model):
    """An interview that is offered at one or several times, then confirmed at one of them.

    ``uid`` and ``sequence`` name the calendar entry and its edition; ``in_calendar`` tells that an entry was mailed.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("Times offered")
        CONFIRMED = "confirmed", _("Confirmed")
        OTHER_ASKED = "other_asked", _("Another time is wished")
        CANCELLED = "cancelled", _("Called off")

    application = models.ForeignKey(Application, models.CASCADE, related_name="appointments")
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to the video meeting"), blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("how many minutes"), default=45, validators=[MinValueValidator(10), MaxValueValidator(240)]
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OFFERED)
    starts_at = models.DateTimeField(_("time"), null=True, blank=True)
    wish = models.TextField(_("what the applicant wishes"), blank=True)
    uid = models.CharField(max_length=80, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    in_calendar = models.BooleanField(default=False, editable=False)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-offered_at", "-pk"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(
                "application", condition=~models.Q(state="cancelled"), name="one_standing_appointment"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | models.Q(starts_at__isnull=False),
                name="confirmed_appointment_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_state_display()}"

    @property
    def where(self) -> str:
        """Where the talk is: the place, the link, or both."""
        return " · ".join(part for part in (self.place, self.link) if part)


class AppointmentTime(models.Model):
    """One of the times that are offered for an appointment."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="times")
    starts_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint("appointment", "starts_at", name="time_offered_once")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
