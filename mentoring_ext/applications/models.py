"""Calls for mentors, the applications to them and what happened to each."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.files.models import StoredFile
from lms.people.countries import Country
from lms.people.models import Organisation
from mentoring_ext.profiles.choices import Competence
from mentoring_ext.programmes.models import Cohort

if TYPE_CHECKING:
    from lms.people.models import User


class CallQuerySet(models.QuerySet["Call"]):
    """Reads of calls."""

    def open_on(self, day: date) -> Self:
        """Keep the calls that take applications on that day, its last day included."""
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def visible_to(self, user: object, day: date) -> Self:
        """Keep the calls that stand on public pages by that day; ``user`` need not be signed in."""
        from mentoring_ext.applications.permissions import calls_reviewed_by

        return self.filter(models.Q(opens_on__lte=day) | calls_reviewed_by(user))

    def reviewed_by(self, user: "User") -> Self:
        """Keep the calls whose applications ``user`` decides on."""
        from mentoring_ext.applications.permissions import calls_reviewed_by

        return self.filter(calls_reviewed_by(user))

    def with_waiting(self) -> Self:
        """Add ``waiting``, how many applications nobody has looked at, and ``confirmed``, how many there are."""
        seen = ~models.Q(applications__stage=Application.Stage.UNCONFIRMED)
        new = models.Q(applications__stage=Application.Stage.RECEIVED)
        return self.annotate(
            waiting=models.Count("applications", filter=new), confirmed=models.Count("applications", filter=seen)
        )


class Call(models.Model):
    """An invitation to apply as a mentor of a cohort, open from one day to another, both included."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="calls")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="calls", verbose_name=_("cohort"))
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(unique=True)
    text = models.TextField(_("what you look for"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))

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


class Stage(models.TextChoices):
    """How far an application has come."""

    UNCONFIRMED = "unconfirmed", _("Address not confirmed")
    RECEIVED = "received", _("Received")
    SCREENING = "screening", _("Screening")
    INTERVIEW = "interview", _("Interview")
    TRAINING = "training", _("Training")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STAGES = (Stage.RECEIVED, Stage.SCREENING, Stage.INTERVIEW, Stage.TRAINING)
"""The stages between which a coordinator moves an application; the later ones are ends."""


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Reads of applications."""

    def confirmed(self) -> Self:
        """Keep the applications whose address was confirmed; reviewers see no others."""
        return self.exclude(stage=Stage.UNCONFIRMED)

    def undecided(self) -> Self:
        """Keep the applications that still wait for a decision."""
        return self.filter(stage__in=OPEN_STAGES)

    def visible_to(self, user: "User") -> Self:
        """Keep the confirmed applications that ``user`` decides on."""
        return self.confirmed().filter(call__in=Call.objects.reviewed_by(user))


class Application(models.Model):
    """One person's wish to become a mentor; an account is made when it is accepted, where there is none.

    ``form_key`` is the key of the form that was sent: the same form twice makes one application.
    """

    Stage = Stage

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    form_key = models.UUIDField(unique=True, null=True, editable=False)
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("family name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    country = models.CharField(_("country"), max_length=2, choices=Country)
    headline = models.CharField(_("what you do, in one line"), max_length=150)
    competences = models.JSONField(_("skills and competences"), default=list)
    experience = models.TextField(_("experience and know-how"))
    motivation = models.TextField(_("why you want to be a mentor"))
    cv = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.UNCONFIRMED)
    applied_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField()
    answer = models.TextField(_("answer to the applicant"), blank=True)

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
        return f"{self.first_name} {self.last_name}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_applications:application_detail", args=[self.pk])

    @property
    def is_undecided(self) -> bool:
        """Whether the application still waits for a decision."""
        return self.stage in OPEN_STAGES

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


class Note(models.Model):
    """What a reviewer noted about an application; the applicant does not see it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    written_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["written_at"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return self.text[:60]
