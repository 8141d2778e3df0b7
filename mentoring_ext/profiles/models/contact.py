"""Profiles that their owners show to others, and requests for contact."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.chat.models import Room
from lms.privacy.models import Consent
from mentoring_ext.profiles.choices import PublicField
from mentoring_ext.profiles.models.mentors import MentorProfile, MentorTerm

if TYPE_CHECKING:
    from lms.people.models import User
    from lms.people.permissions import Person


class PublicProfileQuerySet(models.QuerySet["PublicProfile"]):
    """Reads of public profiles."""

    def visible_to(self, user: "Person", *, at: datetime | None = None) -> Self:
        """Keep those that ``user`` may browse: all for mentees and staff, else only what is open to everybody.

        Their mentors' agreement must count as of ``at``, or now: nothing is shown by one that has run out.
        """
        from mentoring_ext.profiles.permissions import public_profiles_seen_by

        return self.filter(public_profiles_seen_by(user)).agreed(at or timezone.now())

    def agreed(self, at: datetime) -> Self:
        """Keep those whose mentors agree to the text as it stands ``at`` that time."""
        counting = Consent.objects.counting("public_profile", at)
        return self.filter(Exists(counting.filter(user=OuterRef("mentor__user"))))

    def found_by(self, code: str, *, beginning: bool = False) -> Self:
        """Keep those that show what the index calls ``code``, such as "language:el", or something beginning so."""
        shown = MentorTerm.objects.filter(kind=MentorTerm.Kind.SHOWN)
        terms = shown.beginning_with(code) if beginning else shown.filter(code=code)
        return self.filter(mentor__in=terms.values("mentor"))

    def newest_first(self, *, before: "PublicProfile | None" = None) -> Self:
        """Order by the day of publishing; with ``before`` go on after that profile."""
        rows = self.order_by("-published_at", "-pk")
        if before is None:
            return rows
        same_moment = Q(published_at=before.published_at, pk__gte=before.pk)
        return rows.filter(~same_moment, published_at__lte=before.published_at)

    def with_mentor(self) -> Self:
        """Fetch the mentor with the name in the same query."""
        return self.select_related("mentor__user")


class PublicProfile(models.Model):
    """What a mentor agreed to show of the sheet. ``shown`` holds codes of ``choices.PublicField``.

    ``for_everybody`` shows it without an account too; else mentees and staff browse it. The row goes when the mentor
    takes the agreement back.
    """

    mentor = models.OneToOneField(MentorProfile, models.CASCADE, related_name="public_profile")
    shown = models.JSONField(_("what is shown"), default=list, blank=True)
    for_everybody = models.BooleanField(_("also for people without an account"), default=False)
    published_at = models.DateTimeField()

    objects = PublicProfileQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["-published_at", "-id"], name="profiles_by_publishing")]
        verbose_name = _("public profile")
        verbose_name_plural = _("public profiles")

    def __str__(self) -> str:
        return str(self.mentor)

    def get_absolute_url(self) -> str:
        return reverse("mentoring_profiles:public_detail", args=[self.pk])

    def shows(self, field: str) -> bool:
        """Whether the mentor chose to show this ``PublicField``."""
        return field in self.shown and field in PublicField.values


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    """Reads of requests for contact."""

    def visible_to(self, user: "User") -> Self:
        """Keep those that ``user`` sent or got; coordinators see counts, and what was reported."""
        return self.filter(Q(sender=user) | Q(mentor__user=user))

    def reported_to(self, user: "User") -> Self:
        """Keep those that somebody reported where ``user`` coordinates or manages."""
        from mentoring_ext.profiles.permissions import mentors_seen_by

        seen = MentorProfile.objects.filter(mentors_seen_by(user)).exclude(user=user)
        return self.filter(mentor__in=seen.values("pk")).exclude(reported_at=None)

    def counted_for(self, mentor: MentorProfile) -> dict[str, int]:
        """Count a mentor's requests: all, and those answered with yes."""
        accepted = Count("pk", filter=Q(state=ContactRequest.State.ACCEPTED))
        counted: dict[str, int] = self.filter(mentor=mentor).aggregate(all=Count("pk"), accepted=accepted)
        return counted

    def waiting(self) -> Self:
        """Keep those without an answer."""
        return self.filter(state=ContactRequest.State.WAITING)


class ContactRequest(models.Model):
    """Somebody asks a mentor for contact; no address is shown, and a yes opens a room for both to talk.

    ``report`` is what one of the two tells the coordinators about it; only then do they read the request.
    """

    class Purpose(models.TextChoices):
        MENTORING = "mentoring", _("I am looking for a mentor")
        QUESTION = "question", _("I have a question about your work")
        ADVICE = "advice", _("I would like advice for our group or organisation")
        TOGETHER = "together", _("I would like to do something together")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Yes")
        DECLINED = "declined", _("No")

    mentor = models.ForeignKey(MentorProfile, models.CASCADE, related_name="contact_requests")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="contact_requests")
    purpose = models.CharField(_("what it is about"), max_length=20, choices=Purpose)
    message = models.TextField(_("message"))
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="+")
    report = models.TextField(_("what is wrong"), blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ContactRequestQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint("mentor", "sender", condition=Q(state="waiting"), name="one_request_waits")
        ]
        verbose_name = _("request for contact")
        verbose_name_plural = _("requests for contact")

    def __str__(self) -> str:
        return f"{self.sender} – {self.mentor}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_profiles:contact_detail", args=[self.pk])
