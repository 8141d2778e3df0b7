"""The forms of those who compose: a new form, its heading, a section, a question."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import Organisation
from lms.plugins import QuestionnaireUse
from lms.questionnaires.models import Question, Questionnaire, Section
from lms.questionnaires.spec import QuestionSpec, SectionSpec, read_spec

MAX_OPTIONS = 60


class NewForm(forms.Form):
    """What a new form is for, and what it begins with."""

    title = forms.CharField(
        label=gettext_lazy("What do you call it?"),
        max_length=200,
        help_text=gettext_lazy("You find it again under this name. For example: Application of external mentors 2027."),
    )

    def __init__(self, data: Any = None, *, pairs: Sequence[tuple[QuestionnaireUse, Organisation]], own: Any) -> None:
        super().__init__(data)
        self.pairs = {f"{use.name}:{organisation.pk}": (use, organisation) for use, organisation in pairs}
        several = len({organisation.pk for _use, organisation in pairs}) > 1
        kinds = [(key, _label(use, org if several else None)) for key, (use, org) in self.pairs.items()]
        self.fields["kind"] = _radios(gettext_lazy("What is the form for?"), kinds)
        self.own = {f"own:{form.pk}": form for form in own}
        beginnings = [
            ("template", _("The form that ships with Kyklos, where there is one, to change as you like")),
            *((key, _("A copy of “%(form)s”") % {"form": form}) for key, form in self.own.items()),
            ("empty", _("An empty form")),
        ]
        self.fields["begin_with"] = _radios(gettext_lazy("What do you begin with?"), beginnings, initial="template")
        self.order_fields(["kind", "title", "begin_with"])
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0][0]

    def beginning(self) -> dict[str, Any]:
        """Return organisation, use, title, sections and words of the form as it begins."""
        use, organisation = self.pairs[self.cleaned_data["kind"]]
        head = {"organisation": organisation, "use": use.name, "title": self.cleaned_data["title"]}
        copied = self.own.get(self.cleaned_data["begin_with"])
        if copied is not None:
            return {**head, "copied": copied}
        template: Path | None = next(iter(use.templates), None)
        if template is None or self.cleaned_data["begin_with"] == "empty":
            return {**head, "sections": [SectionSpec(_("First section"), _standard(use))]}
        spec = read_spec(template)
        return {**head, "sections": spec.sections, "purpose": spec.purpose, "seen_by": spec.seen_by}


def _radios(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


def _label(use: QuestionnaireUse, organisation: Organisation | None) -> str:
    return f"{use.label} – {organisation}" if organisation else str(use.label)


def _standard(use: QuestionnaireUse) -> list[QuestionSpec]:
    fixed = [field for field in use.fields if field.fixed]
    return [
        QuestionSpec(field.name.replace("_", "-"), field.kind, str(field.label), field=field.name) for field in fixed
    ]


class HeadingForm(forms.ModelForm[Questionnaire]):
    """The form's title and the words on top of it."""

    class Meta:
        model = Questionnaire
        fields = ["title", "purpose", "seen_by"]
        labels = {
            "title": gettext_lazy("Title"),
            "purpose": gettext_lazy("What the form is for"),
            "seen_by": gettext_lazy("Who will see the answers"),
        }
        help_texts = {
            "purpose": gettext_lazy("People read this before they begin: why you ask, and how long it takes."),
            "seen_by": gettext_lazy("People answer more freely when they know who reads it."),
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4}), "seen_by": forms.Textarea(attrs={"rows": 3})}


class ConditionField(forms.MultipleChoiceField):
    """Answers to earlier questions, of which one must have been given; all of the same question."""

    def __init__(self, earlier: Iterable[Question], **options: Any) -> None:
        groups = [(question.text, _answers(question)) for question in earlier if question.kind in Question.CHOSEN]
        super().__init__(
            choices=[group for group in groups if group[1]],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("Only after one of these answers"),
            help_text=_("Leave all empty to show it always. Tick answers of one question only."),
            **options,
        )

    def clean(self, value: Any) -> tuple[str, list[str]]:
        """Return the code of the question and the codes of its answers; empty for "always"."""
        chosen = [pair.split(":", 1) for pair in super().clean(value)]
        codes = {code for code, _answer in chosen}
        if len(codes) > 1:
            raise forms.ValidationError(_("Tick answers of one question only."), code="several_questions")
        return (codes.pop() if codes else "", [answer for _code, answer in chosen])


def _answers(question: Question) -> list[tuple[str, str]]:
    return [] if question.field else [(f"{question.code}:{code}", text) for code, text in question.choices]


def _ticked(thing: Section | Question | None) -> list[str]:
    return [f"{thing.only_if}:{answer}" for answer in thing.only_if_answers] if thing else []


class SeenForm(forms.Form):
    """Carries the fingerprint of the thing as it stood when the page was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def see_again(self, seen: str) -> None:
        """Take the thing as seen in its newest state: what is typed now goes over it."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = seen
        self.data = data


class SectionForm(SeenForm):
    """A section's words, and when it is shown."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Introduction"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, section: Section | None, earlier: Iterable[Question], seen: str) -> None:
        known = {"title": section.title, "text": section.text} if section else {}
        super().__init__(data, initial={**known, "seen": seen})
        self.fields["only_if"] = ConditionField(earlier, initial=_ticked(section))

    def content(self) -> SectionSpec:
        """Return the section as it shall be."""
        only_if, answers = self.cleaned_data["only_if"]
        words = {name: self.cleaned_data[name] for name in ("title", "text")}
        return SectionSpec(questions=(), only_if=only_if, only_if_answers=answers, **words)


class QuestionForm(SeenForm):
    """One question; what belongs to other kinds of answers is not asked."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=Question.Kind.choices, initial="text")
    text = forms.CharField(label=gettext_lazy("Question"), max_length=500)
    help = forms.CharField(
        label=gettext_lazy("Help"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands below the question: an example, or why you ask."),
    )
    required = forms.BooleanField(label=gettext_lazy("This must be answered"), required=False, initial=True)
    options = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One on each line. For a scale: from worst to best."),
    )
    minimum = forms.FloatField(label=gettext_lazy("Smallest number"), required=False)
    maximum = forms.FloatField(label=gettext_lazy("Largest number"), required=False)

    WITH_OPTIONS = " ".join(Question.WITH_OPTIONS)

    def __init__(
        self,
        data: Any = None,
        *,
        question: Question | None,
        earlier: Iterable[Question],
        seen: str = "",
        brings_options: bool = False,
        is_fixed: bool = False,
    ) -> None:
        super().__init__(data, initial={**_known(question), "seen": seen})
        self.question, self.brings_options = question, brings_options
        if question and question.field:
            self.fields["kind"].disabled = True
        if brings_options:
            del self.fields["options"]
        if is_fixed:
            self.fields["required"].disabled = True
            self.fields["required"].help_text = _("The system cannot do without this field.")
        else:
            self.fields["only_if"] = ConditionField(earlier, initial=_ticked(question))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        lines = [line.strip() for line in data.get("options", "").splitlines() if line.strip()]
        asks_for_options = data.get("kind") in Question.WITH_OPTIONS and not self.brings_options
        if asks_for_options and not 2 <= len(set(lines)) <= MAX_OPTIONS:
            self.add_error("options", _("Write at least two different answers, one on each line."))
        if asks_for_options and len(set(lines)) < len(lines):
            self.add_error("options", _("The same answer stands there twice."))
        low, high = data.get("minimum"), data.get("maximum")
        if low is not None and high is not None and high < low:
            self.add_error("maximum", _("The largest number is smaller than the smallest one."))
        data["lines"] = lines if asks_for_options else []
        return data

    def content(self) -> QuestionSpec:
        """Return the question as it shall be."""
        data = self.cleaned_data
        only_if, answers = data.get("only_if", ("", []))
        is_number = data["kind"] == Question.Kind.NUMBER
        old = self.question
        return QuestionSpec(
            code=old.code if old else "",
            kind=data["kind"],
            text=data["text"],
            help=data["help"],
            required=data["required"] and data["kind"] != Question.Kind.STATEMENT,
            options=self._options(data["kind"], data["lines"]),
            minimum=data["minimum"] if is_number else None,
            maximum=data["maximum"] if is_number else None,
            only_if=only_if,
            only_if_answers=answers,
            aspect=old.aspect if old else "",
            competence=old.competence if old else "",
        )

    def _options(self, kind: str, lines: list[str]) -> list[Any]:
        if kind == Question.Kind.SCALE:
            return lines
        old = self.question.options if self.question and self.question.kind in Question.WITH_OPTIONS else []
        return options_of(lines, [option for option in old if isinstance(option, list)])


def options_of(lines: Sequence[str], old: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return ``[code, text]`` for each line; an answer keeps its code when only its words or its place changed."""
    by_text = {str(text): str(code) for code, text in old}
    codes = {line: by_text[line] for line in lines if line in by_text}
    if len(lines) == len(old):
        free = [(line, str(code)) for line, (code, _text) in zip(lines, old, strict=True)]
        codes |= {line: code for line, code in free if line not in codes and code not in codes.values()}
    for line in lines:
        if line not in codes:
            codes[line] = _free_code(line, {*codes.values(), *by_text.values()})
    return [[codes[line], line] for line in lines]


def _free_code(line: str, taken: set[str]) -> str:
    stem = slugify(line)[:30].strip("-") or "answer"
    tries = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in tries if code not in taken)


def _known(question: Question | None) -> dict[str, Any]:
    if question is None:
        return {}
    names = ("kind", "text", "help", "required", "minimum", "maximum")
    lines = [option if isinstance(option, str) else option[1] for option in question.options]
    return {**{name: getattr(question, name) for name in names}, "options": "\n".join(lines)}
