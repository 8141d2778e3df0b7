"""Mentoring groups, their members and their documents."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.boards.models import Board
from forum.chat.models import Room
from lms.files.models import StoredFile
from mentoring_ext.programmes.models import Cohort

if TYPE_CHECKING:
    from lms.people.models import User


class MentoringGroupQuerySet(models.QuerySet["MentoringGroup"]):
    """Reads of groups."""

    def visible_to(self, user: "User") -> Self:
        """Return the groups that ``user`` is in, coordinates, or oversees."""
        from mentoring_ext.groups.permissions import groups_seen_by

        return self.filter(groups_seen_by(user)).distinct()


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

    objects = MentoringGroupQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "name"]
        constraints = [models.UniqueConstraint("cohort", "name", name="group_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mentoring_groups:space", args=[self.pk])


class GroupMember(models.Model):
    """A mentee in a group; who left keeps the row with the day and the reason."""

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="group_memberships")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["user__last_name"]
        constraints = [models.UniqueConstraint("group", "user", name="group_member_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.group}"


class Document(models.Model):
    """A file in the group's space."""

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="documents")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-added_at"]

    def __str__(self) -> str:
        return self.title
