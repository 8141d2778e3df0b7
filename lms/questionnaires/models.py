"""Questionnaires, their versions, sections and questions, and the answers that keep the version they answered."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel

from lms.people.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.people.models import User


class Questionnaire(models.Model):
    """A form with a purpose, such as "Final evaluation by the mentee"; what is asked stands in its versions."""

    slug = models.SlugField(_("short name in addresses"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("what it is for"), blank=True)
    seen_by = models.TextField(_("who will see the answers"), blank=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="questionnaires")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["title"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.title


class VersionQuerySet(models.QuerySet["Version"]):
    """Reads of versions."""

    def published(self) -> Self:
        """Return the versions that people may answer."""
        return self.filter(published_at__isnull=False)

    def with_questions(self) -> Self:
        """Add questionnaire, sections and questions, in three queries for any number of versions."""
        return self.select_related("questionnaire").prefetch_related("sections__questions")


class Version(models.Model):
    """One state of a questionnaire; it does not change once it is published and somebody may answer it."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["questionnaire", "-number"]
        constraints = [models.UniqueConstraint("questionnaire", "number", name="version_number_once")]
        verbose_name = _("version")
        verbose_name_plural = _("versions")

    def __str__(self) -> str:
        return f"{self.questionnaire} ({self.number})"


class Section(OrderedModel):
    """A headed part of a questionnaire."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="sections")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("introduction"), blank=True)
    order_with_respect_to = "version"

    wagtail_reference_index_ignore = True

    class Meta(OrderedModel.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

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

    wagtail_reference_index_ignore = True

    class Meta(OrderedModel.Meta):
        constraints = [models.UniqueConstraint("section", "code", name="question_code_once_in_section")]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The pairs of value and words that a form offers: "1" … for a scale, from worst to best."""
        if self.kind == self.Kind.SCALE:
            return [(str(step), text) for step, text in enumerate(self.options, start=1)]
        if self.kind == self.Kind.YES_NO:
            return [("yes", str(_("Yes"))), ("no", str(_("No")))]
        return [(str(code), str(text)) for code, text in self.options]


class ResponseQuerySet(models.QuerySet["Response"]):
    """Reads of responses."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Return what ``user`` answered; a room that shows answers to others asks by its own subjects."""
        return self.filter(respondent=user) if user.is_authenticated else self.none()

    def about(self, *subjects: models.Model) -> Self:
        """Return the responses about these subjects, which are of one model."""
        if not subjects:
            return self.none()
        kind = ContentType.objects.get_for_model(subjects[0])
        return self.filter(subject_type=kind, subject_id__in=[subject.pk for subject in subjects])

    def submitted(self) -> Self:
        """Return the responses that were handed in."""
        return self.filter(state=Response.State.SUBMITTED)

    def with_answers(self) -> Self:
        """Add the answers with their questions, in one query."""
        return self.prefetch_related("answers__question")


class Response(models.Model):
    """One person's answers to one version, about one subject (a pair, an application …)."""

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
    saved_at = models.DateTimeField(_("saved"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)

    objects = ResponseQuerySet.as_manager()
    wagtail_reference_index_ignore = True

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
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", submitted_at=None)
                | models.Q(state="submitted", submitted_at__isnull=False),
                name="handed_in_has_a_time",
            ),
        ]
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return f"{self.version} – {self.respondent or _('somebody')}"


class Answer(models.Model):
    """The answer to one question. ``value`` is a string, a number (scale: 1 = worst), a list of codes or a boolean."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.JSONField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("response", "question", name="answer_once")]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"

    @property
    def words(self) -> str:
        """The answer as a person reads it: the words of the scale or of the choices, or the text itself."""
        texts = dict(self.question.choices) if self.question.kind not in {"text", "long_text"} else {}
        return ", ".join(texts.get(code, code) for code in as_codes(self.value))


def as_codes(value: Any) -> list[str]:
    """Return an answer's value as the codes that a form's fields know; a text is its own only code."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(part) for part in (value if isinstance(value, list) else [value])]
