"""Questionnaires, their versions, sections and questions, and the answers that keep the version they answered."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel

from lms.people.models import Organisation


class Questionnaire(models.Model):
    """A form with a purpose, such as "Final evaluation by the mentee"; what is asked stands in its versions."""

    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("what it is for"), blank=True)
    seen_by = models.TextField(_("who will see the answers"), blank=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="questionnaires")

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One published state of a questionnaire; it does not change once somebody may answer it."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["questionnaire", "-number"]
        constraints = [models.UniqueConstraint("questionnaire", "number", name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.questionnaire} ({self.number})"


class Section(OrderedModel):
    """A headed part of a questionnaire."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="sections")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("introduction"), blank=True)
    order_with_respect_to = "version"

    class Meta(OrderedModel.Meta):
        pass

    def __str__(self) -> str:
        return self.title


class Question(OrderedModel):
    """Something that is asked. ``aspect`` ties a scale's answers to the evidence of that aspect.

    ``options`` is a list of ``[code, text]`` for choices, and of the scale's words from worst to best for scales.
    """

    class Kind(models.TextChoices):
        SCALE = "scale", _("Scale")
        CHOICE = "choice", _("One choice")
        CHOICES = "choices", _("Several choices")
        TEXT = "text", _("Short text")
        LONG_TEXT = "long_text", _("Long text")
        YES_NO = "yes_no", _("Yes or no")

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    code = models.SlugField(_("code"), help_text=_("The column's name in exports."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    help = models.CharField(_("help"), max_length=300, blank=True)
    required = models.BooleanField(_("must be answered"), default=True)
    options = models.JSONField(_("choices"), default=list, blank=True)
    aspect = models.SlugField(_("aspect"), blank=True)
    competence = models.SlugField(_("competence"), blank=True)
    order_with_respect_to = "section"

    class Meta(OrderedModel.Meta):
        constraints = [models.UniqueConstraint("section", "code", name="question_code_once_in_section")]

    def __str__(self) -> str:
        return self.text


class Response(models.Model):
    """One person's answers to one version, about one subject (a group, an application …)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Handed in")

    version = models.ForeignKey(Version, models.PROTECT, related_name="responses")
    respondent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="responses"
    )
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    saved_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="responses_by_subject")]
        constraints = [
            models.UniqueConstraint(
                "version",
                "respondent",
                "subject_type",
                "subject_id",
                condition=models.Q(respondent__isnull=False),
                name="one_response_a_person_and_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} – {self.respondent or _('somebody')}"


class Answer(models.Model):
    """The answer to one question. ``value`` is a string, a number (scale: 1 = worst), a list of codes or a boolean."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("response", "question", name="answer_once")]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"
