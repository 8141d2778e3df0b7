"""Registrations and their way."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring_ext.profiles.choices import Language
from mentoring_ext.registrations.models.opening import Opening, Partner
from mentoring_ext.registrations.models.state import OPEN_STATES, State

if TYPE_CHECKING:
    from lms.people.models import User


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Reads of registrations."""

    def sent(self) -> Self:
        """Keep what coordinators see: neither drafts nor what waits for the person's own yes."""
        return self.exclude(state__in=[State.STARTED, State.UNCONFIRMED, State.REFERRED])

    def undecided(self) -> Self:
        """Keep those in which somebody still has to decide something."""
        return self.filter(state__in=OPEN_STATES)

    def visible_to(self, user: "User") -> Self:
        """Keep the registrations that ``user`` decides on."""
        return self.sent().filter(opening__in=Opening.objects.run_by(user))


class Registration(models.Model):
    """One person's wish to take part as a mentee; the answers stand in a response about it.

    ``code`` is the short key that a person without e-mail writes down. ``form_key`` is the key of the form that was
    sent: the same form twice makes one registration. ``unmet`` are the conditions that the answers do not meet, in
    words, and ``question`` is what the person asks about it. ``since`` is when it came into its state; ``answer_until``
    ends an offer.
    """

    State = State

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    partner = models.ForeignKey(Partner, models.SET_NULL, null=True, blank=True, related_name="registrations")
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    referral_note = models.TextField(_("note of who referred"), blank=True)
    code = models.CharField(max_length=12, unique=True, editable=False)
    form_key = models.UUIDField(unique=True, null=True, editable=False)
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("family name"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    telephone = models.CharField(_("telephone number"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=Language, blank=True)
    unmet = models.JSONField(default=list, blank=True)
    question = models.TextField(_("question to the coordinator"), blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.STARTED)
    since = models.DateTimeField()
    answer_until = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer to the person"), blank=True)

    objects = RegistrationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                "opening",
                models.functions.Lower("email"),
                condition=~models.Q(email="") & models.Q(state__in=["received", "waiting", "offered", "accepted"]),
                name="one_registration_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("mentoring_registrations:registration_detail", args=[self.pk])

    @property
    def is_undecided(self) -> bool:
        """Whether somebody still has to decide something."""
        return self.state in OPEN_STATES

    @property
    def origin(self) -> str:
        """Who referred the person, or nothing for somebody who came alone."""
        return str(self.partner or self.referred_by or "")


class StateChange(models.Model):
    """A step in a registration's way; the person sees all of them."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="changes")
    state = models.CharField(_("state"), max_length=20, choices=State)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.registration}: {self.get_state_display()}"
