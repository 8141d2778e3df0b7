"""The editor's form of a quiz: it refuses questions that nobody could answer."""

from typing import Any

from django.forms import BaseInlineFormSet, ModelForm
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class QuizPageForm(WagtailAdminPageForm):
    """Checks for each question that its right answers fit its kind."""

    def is_valid(self) -> bool:
        valid: bool = super().is_valid()
        questions = self.formsets.get("questions")
        if not valid or questions is None or self.defer_required_fields:
            return valid
        # A list, not any() over a generator: every wrong question gets its words, not only the first.
        problems = [_add_problem(form) for form in questions.forms if not _is_deleted(form)]
        return not any(problems)


def _add_problem(form: Any) -> bool:
    problem = problem_with(form.cleaned_data.get("kind", ""), _marks(form.formsets.get("choices")))
    if problem:
        form.add_error("kind", problem)
    return bool(problem)


def _marks(choices: "BaseInlineFormSet[Any, Any, Any] | None") -> list[bool]:
    forms = choices.forms if choices else []
    return [bool(form.cleaned_data.get("right")) for form in forms if form.cleaned_data and not _is_deleted(form)]


def _is_deleted(form: "ModelForm[Any]") -> bool:
    return bool(getattr(form, "cleaned_data", {}).get("DELETE"))


def problem_with(kind: str, marks: list[bool]) -> str:
    """Return what is wrong with a question whose answers are marked right or wrong like this; empty when nothing is."""
    if kind in ("single", "true_false") and marks.count(True) != 1:
        return _("Mark exactly one answer as right.")
    if kind == "true_false" and len(marks) != 2:
        return _("A true-or-false question has exactly two answers.")
    if kind == "multiple" and True not in marks:
        return _("Mark at least one answer as right.")
    if kind == "short_text" and (not marks or False in marks):
        return _("List the accepted answers and mark each as right.")
    return ""
