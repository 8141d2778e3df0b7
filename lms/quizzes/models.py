"""Quiz pages with their questions and choices, and people's attempts."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from lms.courses.models import ActivityPage
from lms.quizzes.admin_forms import QuizPageForm

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.people.models import User


class QuizPage(ActivityPage):
    """A quiz; it is completed by an attempt that reaches the pass mark."""

    introduction = models.TextField(_("introduction"), blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in per cent"), default=70, validators=[MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0: as many as people like.")
    )
    feedback_passed = models.TextField(_("words for those who pass"), blank=True)
    feedback_failed = models.TextField(_("words for those who do not pass yet"), blank=True)

    is_creatable = True
    template = "quizzes/quiz_page.html"
    base_form_class = QuizPageForm
    content_panels = [
        *ActivityPage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("pass_mark"),
                FieldPanel("attempts_allowed"),
                FieldPanel("feedback_passed"),
                FieldPanel("feedback_failed"),
            ],
            heading=_("Passing"),
        ),
        InlinePanel("questions", heading=_("Questions"), label=_("Question"), min_num=1),
    ]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        attempts = list(self.attempts.visible_to(request.user))
        handed_in = [attempt for attempt in attempts if attempt.submitted_at]
        return context | {
            "open_attempt": next((attempt for attempt in attempts if not attempt.submitted_at), None),
            "attempts": handed_in,
            "attempts_left": max(self.attempts_allowed - len(attempts), 0) if self.attempts_allowed else None,
        }


class QuizQuestion(Orderable, ClusterableModel):
    """One question of a quiz. For a short text the choices are the accepted answers, each marked as right."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("One right answer")
        MULTIPLE = "multiple", _("Several right answers")
        TRUE_FALSE = "true_false", _("True or false")
        SHORT_TEXT = "short_text", _("Short text")

    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SINGLE)
    text = models.TextField(_("question"))
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("Shown with the result, whatever was answered.")
    )

    panels = [
        FieldPanel("kind"),
        FieldPanel("text"),
        InlinePanel("choices", heading=_("Answers"), label=_("Answer"), min_num=1),
        FieldPanel("explanation"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text


class Choice(Orderable):
    """An answer that can be chosen, with what the learner reads who chose it."""

    question = ParentalKey(QuizQuestion, on_delete=models.CASCADE, related_name="choices")
    text = models.CharField(_("answer"), max_length=300)
    right = models.BooleanField(_("right"), default=False)
    feedback = models.CharField(_("feedback"), max_length=400, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return self.text


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts at quizzes."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the person's own attempts."""
        return self.filter(user=user.pk)

    def unfinished(self) -> Self:
        """Keep attempts that are not handed in yet."""
        return self.filter(submitted_at__isnull=True)


class Attempt(models.Model):
    """One go at a quiz; a person has at most one open at a time.

    ``answers`` maps the question's id (as a string) to choice ids, or to the text that was written. ``result`` is
    written when it is handed in and keeps the questions as they then were, so that later changes leave it alone:
    a list of ``{"text", "answer", "fraction", "feedback", "expected", "explanation"}``. ``score`` is in per cent.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="quiz_attempts")
    quiz = models.ForeignKey(QuizPage, models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField(_("started"))
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    answers = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(_("score in per cent"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), default=False)
    result = models.JSONField(default=list)

    objects = AttemptQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "user", "quiz", condition=models.Q(submitted_at__isnull=True), name="one_open_attempt_a_person_and_quiz"
            ),
            models.CheckConstraint(
                name="attempt_scored_when_handed_in",
                condition=models.Q(submitted_at__isnull=True, score__isnull=True)
                | models.Q(submitted_at__isnull=False, score__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.quiz}"

    def get_absolute_url(self) -> str:
        return reverse(
            "lms_quizzes:attempt_result" if self.submitted_at else "lms_quizzes:attempt_edit", args=[self.pk]
        )
