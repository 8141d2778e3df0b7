"""Calls for mentors, the applications to them and what happened to each."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.files.models import StoredFile
from lms.people.models import Organisation
from lms.questionnaires.models import Questionnaire
from mentoring_ext.programmes.models import Cohort


class Call(models.Model):
    """An invitation to apply as mentor, open between two days; ``questions`` holds what the organisation adds."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="calls")
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, blank=True, related_name="calls")
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(unique=True)
    text = models.TextField(_("what you look for"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    questions = models.ForeignKey(Questionnaire, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["closes_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="call_closes_after_open"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentoring_applications:call_detail", args=[self.slug])


class Application(models.Model):
    """One person's wish to become a mentor; the account is made when it is accepted."""

    class Stage(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Address not confirmed")
        RECEIVED = "received", _("Received")
        SCREENING = "screening", _("Screening")
        INTERVIEW = "interview", _("Interview")
        TRAINING = "training", _("Training")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("family name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    country = models.CharField(_("country"), max_length=2)
    headline = models.CharField(_("what you do, in one line"), max_length=150)
    competences = models.JSONField(_("skills and competences"), default=list)
    experience = models.TextField(_("experience and know-how"))
    motivation = models.TextField(_("why you want to be a mentor"))
    cv = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.UNCONFIRMED)
    applied_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField()
    answer = models.TextField(_("answer to the applicant"), blank=True)

    class Meta:
        ordering = ["-applied_at"]
        constraints = [
            models.UniqueConstraint("call", models.functions.Lower("email"), name="one_application_an_address_and_call")
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Note(models.Model):
    """What a reviewer noted about an application; the applicant does not see it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.text[:60]
