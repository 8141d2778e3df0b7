"""What people answered."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lms.files.models import StoredFile
from lms.questionnaires.conditions import as_codes
from lms.questionnaires.models.question import Question
from lms.questionnaires.models.questionnaire import Version

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.people.models import User


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
    """The answer to one question.

    ``value`` is a string, a number (scale: 1 = worst), a list of codes or a boolean; of a day "2026-05-31", and of an
    upload its name, while ``file`` holds it.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.JSONField(null=True)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("response", "question", name="answer_once")]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"

    @property
    def words(self) -> str:
        """The answer as a person reads it: the words of the scale or of the choices, the day, or the text itself."""
        if self.question.kind == Question.Kind.DATE:
            return date_format(date.fromisoformat(str(self.value)))
        if self.question.kind == Question.Kind.CONSENT:
            return str(_("Yes") if self.value else _("No"))
        offers = self.question.kind in {*Question.CHOSEN, Question.Kind.COUNTRY}
        texts = dict(self.question.choices) if offers else {}
        return ", ".join(texts.get(code, code) for code in as_codes(self.value))
