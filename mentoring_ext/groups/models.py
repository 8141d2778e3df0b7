"""Mentoring groups, their members and their documents."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.boards.models import Board
from forum.chat.models import Room
from lms.files.models import StoredFile
from mentoring_ext.programmes.models import Cohort

if TYPE_CHECKING:
    from datetime import datetime

    from lms.people.models import User


class MentoringGroupQuerySet(models.QuerySet["MentoringGroup"]):
    """Reads of groups."""

    def visible_to(self, user: "User") -> Self:
        """Return the groups that ``user`` is in, coordinates, or oversees."""
        from mentoring_ext.groups.permissions import groups_seen_by

        return self.filter(groups_seen_by(user))

    def of(self, user: "User") -> Self:
        """Keep the groups that ``user`` is in, as mentor or mentee."""
        own = GroupMember.objects.present().filter(user=user)
        return self.filter(Q(mentor=user) | Q(pk__in=own.values("group")))

    def active(self) -> Self:
        """Leave out closed groups."""
        return self.filter(state=MentoringGroup.State.ACTIVE)

    def finished(self) -> Self:
        """Keep the groups whose sessions are all registered: they are ready for the final evaluation."""
        return self.with_state().filter(sessions_total__gt=0, sessions_held=F("sessions_total"))

    def with_state(self, at: "datetime | None" = None) -> Self:
        """Add ``sessions_total``, ``sessions_held``, ``last_session_at`` and ``agreements_signed``.

        With a time also ``forms_missing`` (sessions over and not registered) and ``next_at`` (the next planned start).
        """
        held = Q(sessions__state="held")
        added = self.annotate(
            sessions_total=Count("sessions", distinct=True),
            sessions_held=Count("sessions", distinct=True, filter=held),
            last_session_at=Max("sessions__starts_at", filter=held),
            agreements_signed=Count("agreements", distinct=True, filter=Q(agreements__signed_at__isnull=False)),
        )
        if at is None:
            return added
        planned = Q(sessions__state="planned")
        return added.annotate(
            forms_missing=Count("sessions", distinct=True, filter=planned & Q(sessions__ends_at__lte=at)),
            next_at=Min("sessions__starts_at", filter=planned & Q(sessions__ends_at__gt=at)),
        )

    def with_people(self) -> Self:
        """Fetch cohort, programme and mentor in the same query, and the mentees who are there now in one more."""
        mentees = GroupMember.objects.present().select_related("user")
        return self.select_related("cohort__programme", "mentor").prefetch_related(
            models.Prefetch("members", queryset=mentees, to_attr="mentees")
        )


class MentoringGroup(models.Model):
    """One mentor with one to three mentees, from the introduction to the closure; its room and board are its own."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        CLOSED = "closed", _("Closed")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=150)
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentored_groups")
    room = models.OneToOneField(Room, models.PROTECT, related_name="+")
    board = models.OneToOneField(Board, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACTIVE)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:  # what ``with_state`` and ``with_people`` add
        sessions_total: int
        sessions_held: int
        agreements_signed: int
        forms_missing: int
        mentees: list["GroupMember"]

    objects = MentoringGroupQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["cohort", "name"]
        verbose_name = _("mentoring group")
        verbose_name_plural = _("mentoring groups")
        constraints = [models.UniqueConstraint("cohort", "name", name="group_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mentoring_groups:space", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        """Whether the coordinator has closed the group."""
        return self.state == self.State.CLOSED

    def people(self) -> "list[User]":
        """Return the mentor and the mentees who are there now."""
        return [self.mentor, *(member.user for member in self.members.present().select_related("user"))]


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    """Reads of mentees in groups."""

    def present(self) -> Self:
        """Leave out who has left."""
        return self.filter(left_at=None)

    def with_finish(self) -> Self:
        """Add ``finished_at``: when the last session of the group was registered."""
        return self.annotate(finished_at=Max("group__sessions__registered_at"))


class GroupMember(models.Model):
    """A mentee in a group; who left keeps the row with the time."""

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="group_memberships")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:  # what ``with_finish`` adds
        finished_at: datetime

    objects = GroupMemberQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["user__last_name", "user__first_name"]
        constraints = [models.UniqueConstraint("group", "user", name="group_member_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.group}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Reads of documents."""

    def visible_to(self, user: "User") -> Self:
        """Keep the documents of the groups that ``user`` is in; a group's documents belong to its members only."""
        return self.filter(group__in=MentoringGroup.objects.of(user).order_by())


class Document(models.Model):
    """A file in the group's space."""

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="documents")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-added_at"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title
