"""Applications and their way through the stages."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.files.models import StoredFile
from lms.people.countries import Country
from lms.questionnaires.models import Response, Version
from mentoring_ext.applications.models.call import Call
from mentoring_ext.applications.models.reviewing import ReviewQuerySet
from mentoring_ext.applications.models.stage import OPEN_STAGES, Stage
from mentoring_ext.profiles.choices import Competence

if TYPE_CHECKING:
    from lms.people.models import User


class ApplicationQuerySet(ReviewQuerySet["Application"]):
    """Reads of applications."""

    def kept(self) -> Self:
        """Keep the applications that still hold what was written; of the others only the stages are left."""
        return self.filter(emptied_at=None)

    def visible_to(self, user: "User") -> Self:
        """Keep the confirmed applications that ``user`` decides on or reviews, while there is something to read."""
        reviewed, assigned = Call.objects.reviewed_by(user), Application.objects.assigned_to(user)
        kept = self.confirmed().kept()
        return kept.filter(models.Q(call__in=reviewed) | models.Q(pk__in=assigned.values("pk")))


class Application(models.Model):
    """One person's wish to become a mentor; an account is made when it is accepted, where there is none.

    ``form_key`` is the key of the form that was sent: the same form twice makes one application. ``version`` is what
    was asked: the columns here hold what the system computes with, the ``Response`` about the application the rest.
    After ``emptied_at`` nothing personal is left, only the stages for the counts.
    """

    Stage = Stage

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    form_key = models.UUIDField(unique=True, null=True, editable=False)
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("family name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    country = models.CharField(_("country"), max_length=2, choices=Country, blank=True)
    place = models.CharField(_("town"), max_length=150, blank=True)
    languages = models.JSONField(_("languages for talking together"), default=list, blank=True)
    headline = models.CharField(_("what you do, in one line"), max_length=150, blank=True)
    competences = models.JSONField(_("skills and competences"), default=list, blank=True)
    experience = models.TextField(_("experience and know-how"), blank=True)
    motivation = models.TextField(_("why you want to be a mentor"), blank=True)
    picture = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    cv = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.UNCONFIRMED)
    applied_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField()
    answer = models.TextField(_("answer to the applicant"), blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    responses = GenericRelation(Response, "subject_id", "subject_type")

    objects = ApplicationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-applied_at"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint("call", models.functions.Lower("email"), name="one_application_an_address_and_call")
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or str(_("Erased application"))

    def get_absolute_url(self) -> str:
        return reverse("mentoring_applications:application_detail", args=[self.pk])

    @property
    def is_undecided(self) -> bool:
        """Whether the application still waits for a decision."""
        return self.stage in OPEN_STAGES

    @property
    def is_editable(self) -> bool:
        """Whether the applicant may still change what was sent: nobody has begun to read it."""
        return self.stage in {Stage.UNCONFIRMED, Stage.RECEIVED} and self.emptied_at is None

    @property
    def competence_labels(self) -> list[str]:
        """The words for the competences, in the order of the list."""
        return [str(label) for code, label in Competence.choices if code in self.competences]


class StageChange(models.Model):
    """A step in an application's way; the applicant sees all of them."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="changes")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("change of stage")
        verbose_name_plural = _("changes of stage")

    def __str__(self) -> str:
        return f"{self.application}: {self.get_stage_display()}"
