"""What a coordinator asks a person about the sheet, so that somebody can have a mentor, or a group can meet."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring_ext.programmes.models import Cohort, Role

if TYPE_CHECKING:
    from lms.people.models import User


class SheetQuestionQuerySet(models.QuerySet["SheetQuestion"]):
    """Reads of questions about sheets."""

    def visible_to(self, user: "User") -> Self:
        """Keep the questions that the person was asked; coordinators see them beside what they asked for."""
        return self.filter(person=user)

    def waiting(self) -> Self:
        """Keep those that are neither answered nor taken back."""
        return self.filter(state=SheetQuestion.State.WAITING)


class SheetQuestion(models.Model):
    """One more mentee, more free hours, or meeting online: a yes changes the person's sheet, a no changes nothing.

    ``hours`` are hours of the week, 0 (Monday, midnight) to 167. The person is not told whom it would help; with
    ``for_group`` it is a group that has no hour to meet. As long as nobody answered it can be taken back.
    """

    class Kind(models.TextChoices):
        PLACE = "place", _("One more mentee")
        HOURS = "hours", _("More free hours")
        ONLINE = "online", _("Meeting online")
        ONLINE_HOURS = "online_hours", _("More free hours, and meeting online")

    class State(models.TextChoices):
        WAITING = "waiting", _("Asked, not answered yet")
        AGREED = "agreed", _("Said yes")
        DECLINED = "declined", _("Said no")
        WITHDRAWN = "withdrawn", _("Taken back")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sheet_questions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=[(Role.MENTOR, _("Mentor")), (Role.MENTEE, _("Mentee"))])
    kind = models.CharField(max_length=20, choices=Kind)
    hours = models.JSONField(default=list, blank=True)
    for_group = models.BooleanField(_("so that a group can meet"), default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    answered_at = models.DateTimeField(null=True)

    objects = SheetQuestionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("question about a sheet")
        verbose_name_plural = _("questions about sheets")
        constraints = [
            models.UniqueConstraint(
                "cohort", "person", "kind", condition=Q(state="waiting"), name="one_waiting_sheet_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_matching:question_detail", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether the person has not answered, and the question was not taken back."""
        return self.state == self.State.WAITING

    @property
    def asks_for_hours(self) -> bool:
        """Whether more free hours are asked for."""
        return self.kind in (self.Kind.HOURS, self.Kind.ONLINE_HOURS)

    @property
    def asks_for_online(self) -> bool:
        """Whether meeting online is asked for."""
        return self.kind in (self.Kind.ONLINE, self.Kind.ONLINE_HOURS)
