"""The selection report: its words, closing it with a signature, opening it again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.models import Organisation, User
from mentoring_ext.applications import errors
from mentoring_ext.applications.models import Call, SelectionGuide, SelectionReport
from mentoring_ext.applications.reports import compile_selection, selection_report_closed
from mentoring_ext.programmes.actions import fulfil


def guide_of(organisation: Organisation) -> SelectionGuide:
    """Return the organisation's guide, else an unsaved one with the shipped words."""
    own = SelectionGuide.objects.filter(organisation=organisation).first()
    return own or SelectionGuide(organisation=organisation, introduction=_introduction(), guidelines=_guidelines())


def _introduction() -> str:
    return _(
        "We run a mentoring programme. Mentors help people from the cultural sector to use digital tools in their work "
        "and in their daily life. A coordinator of our organisation runs each cohort: she or he calls for mentors, "
        "reads the applications, talks with applicants, and decides together with a second reviewer where one "
        "is asked.\n\n"
        "Mentors work without pay. Before they start they take a preparation, and they sign an agreement with us and "
        "with their mentees."
    )


def _guidelines() -> str:
    return _(
        "All applications are read by the same criteria, which stand in this report with their weights.\n\n"
        "Each criterion gets a mark from 0 (nothing seen) to 4 (very well). Where two people read an application, each "
        "gives marks without seeing the other’s. When their marks differ a lot, they talk and agree.\n\n"
        "Age, gender, origin, religion and health play no part in a decision.\n\n"
        "Each applicant gets an answer with a reason, and can ask about it. Personal data are kept only as long as "
        "they are needed."
    )


@transaction.atomic
def change_guide(
    organisation: Organisation, *, actor: User, introduction: str, guidelines: str, at: datetime
) -> SelectionGuide:
    """Keep how an organisation works and selects; reports that are closed keep the words they had."""
    guide, _created = SelectionGuide.objects.update_or_create(
        organisation=organisation,
        defaults={"introduction": introduction, "guidelines": guidelines, "changed_by": actor, "changed_at": at},
    )
    record("changed", guide, actor=actor, context=organisation, at=at)
    return guide


def report_of(call: Call) -> SelectionReport:
    """Return the call's report, else an unsaved one that is open."""
    return SelectionReport.objects.filter(call=call).select_related("closed_by").first() or SelectionReport(call=call)


def _locked(call: Call) -> SelectionReport:
    SelectionReport.objects.get_or_create(call=call)
    return (
        SelectionReport.objects.select_for_update(of=("self",))
        .select_related("call__organisation", "call__cohort")
        .get(call=call)
    )


@transaction.atomic
def change_report(call: Call, *, actor: User, with_names: bool, remarks: str, at: datetime) -> SelectionReport:
    """Choose names or numbers, and write remarks. Raises ``ReportClosed`` ("report_closed")."""
    report = _locked(call)
    if report.closed_at:
        raise errors.ReportClosed
    report.with_names, report.remarks = with_names, remarks
    report.save()
    record("changed", report, actor=actor, context=call, at=at)
    return report


@transaction.atomic
def close_report(call: Call, *, actor: User, signature: str, at: datetime) -> SelectionReport:
    """Sign the report and keep it as it stands now; the cohort's last report settles the item of its checklist.

    Raises ``ReportClosed`` ("report_closed"), ``SignatureMissing`` ("signature_missing") and ``StillUndecided``
    ("still_undecided").
    """
    report = _locked(call)
    if report.closed_at:
        raise errors.ReportClosed
    if not signature.strip():
        raise errors.SignatureMissing
    if call.applications.undecided().exists():
        raise errors.StillUndecided
    report.content = compile_selection(report, guide_of(report.call.organisation))
    report.closed_at, report.closed_by, report.signature = at, actor, signature.strip()
    report.save()
    record("signed", report, actor=actor, context=call, at=at)
    _settle_checklist(report, actor=actor, at=at)
    return report


def _settle_checklist(report: SelectionReport, *, actor: User, at: datetime) -> None:
    cohort = report.call.cohort
    if selection_report_closed(cohort):
        fulfil(cohort, "selection_report", actor=actor, at=at, note=_("Signed by %s") % report.signature)


@transaction.atomic
def reopen_report(call: Call, *, actor: User, at: datetime) -> SelectionReport:
    """Open a closed report again; its fixed copy goes; the item of the checklist stays settled.

    Raises ``ReportOpen`` ("report_open").
    """
    report = _locked(call)
    if report.closed_at is None:
        raise errors.ReportOpen
    data = {"closed_at": report.closed_at.isoformat(), "signature": report.signature}
    report.content, report.closed_at, report.closed_by, report.signature = None, None, None, ""
    report.save()
    record("changed", report, actor=actor, context=call, data=data, at=at)
    return report
