"""The results as an xlsx workbook: one sheet a form with typed columns, and a sheet that explains the columns."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lms.questionnaires.models import Answer, Question, Response
from lms.text.safe_cell import safe_cell
from mentoring_ext.evaluation.models import Aspect, EvaluationRound
from mentoring_ext.evaluation.reports import responses_in
from mentoring_ext.groups.models import GroupMember

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_of(rounds: Sequence[EvaluationRound]) -> bytes:
    """Return the workbook of these rounds of one cohort, with names; six queries for each round."""
    out = BytesIO()
    book = Workbook(out, OPTIONS)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    time = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    explained: list[list[str]] = []
    for found in rounds:
        explained += _fill(book.add_worksheet(_sheet_name(found)), found, head, time)
    _explain(book.add_worksheet(_("About the columns")), explained, head)
    book.close()
    return out.getvalue()


def _sheet_name(found: EvaluationRound) -> str:
    return f"{found.get_role_display()} – {found.moment}"[:31]


def _fill(sheet: Worksheet, found: EvaluationRound, head: Format, time: Format) -> list[list[str]]:
    questions = list(Question.objects.filter(section__version=found.version).order_by("section__order", "order"))
    columns = _columns(found, questions)
    sheet.write_row(0, 0, [column[1] for column in columns], head)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, 18)
    pairs = GroupMember.objects.filter(group__cohort=found.cohort_id).select_related("user", "group__mentor")
    by_id = {pair.pk: pair for pair in pairs}
    responses = responses_in([found]).with_answers().select_related("respondent").order_by("submitted_at")
    for row, response in enumerate(responses, start=1):
        _write_response(sheet, row, response, by_id[response.subject_id], questions, time)
    return columns


def _write_response(
    sheet: Worksheet, row: int, response: Response, pair: GroupMember, questions: list[Question], time: Format
) -> None:
    names = [str(response.respondent or _("erased")), pair.group.name, str(pair.group.mentor), str(pair.user)]
    for column, name in enumerate(names):
        sheet.write_string(row, column, safe_cell(name))
    if response.submitted_at:
        sheet.write_datetime(row, len(names), timezone.make_naive(response.submitted_at), time)
    answers = {answer.question_id: answer for answer in response.answers.all()}
    for column, question in enumerate(questions, start=len(names) + 1):
        _write_answer(sheet, row, column, answers.get(question.pk))


def _write_answer(sheet: Worksheet, row: int, column: int, answer: Answer | None) -> None:
    value: Any = answer.value if answer else None
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif answer is not None:
        sheet.write_string(row, column, safe_cell(answer.words))


def _columns(found: EvaluationRound, questions: list[Question]) -> list[list[str]]:
    """Return a row of explanation for each column: form, column, what stands there, type, aspect, values."""
    form = f"{found.version.questionnaire.title} ({found.version.number})"
    fixed = [
        ("respondent", _("Who answered"), _("text"), "", ""),
        ("group", _("The mentoring group"), _("text"), "", ""),
        ("mentor", _("The mentor of the pair"), _("text"), "", ""),
        ("mentee", _("The mentee of the pair"), _("text"), "", ""),
        ("handed_in", _("When the answers were handed in"), _("date and time"), "", ""),
    ]
    asked = [(q.code, q.text, _type_of(q), _aspect_of(q), _values_of(q)) for q in questions]
    return [[form, *column] for column in [*fixed, *asked]]


def _type_of(question: Question) -> str:
    types = {Question.Kind.SCALE: _("number"), Question.Kind.YES_NO: _("true or false")}
    return types.get(Question.Kind(question.kind), _("text"))


def _aspect_of(question: Question) -> str:
    return str(Aspect(question.aspect).label) if question.aspect in Aspect.values else ""


def _values_of(question: Question) -> str:
    if question.kind in {Question.Kind.TEXT, Question.Kind.LONG_TEXT}:
        return ""
    return "; ".join(f"{code} = {text}" for code, text in question.choices)


def _explain(sheet: Worksheet, rows: list[list[str]], head: Format) -> None:
    titles = [_("Form"), _("Column"), _("What stands there"), _("Type"), _("Aspect"), _("Values")]
    sheet.write_row(0, 0, titles, head)
    sheet.set_column(0, 5, 24)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, safe_cell(text))
