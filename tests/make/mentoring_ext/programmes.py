"""Makers of programmes, cohorts, their members, lists and checklists."""

from datetime import date
from io import BytesIO
from typing import Any

from lms.jobs.models import Job
from lms.people.models import User
from lms.people.permissions import forget_roles
from mentoring_ext.invitations.actions import import_people
from mentoring_ext.invitations.checked import CHECK, Line, Report
from mentoring_ext.invitations.models import PeopleImport
from mentoring_ext.matching.importing import checked as sheets_checked
from mentoring_ext.programmes.actions import open_cohort
from mentoring_ext.programmes.models import (
    ChecklistItem,
    ChecklistTemplate,
    Cohort,
    CohortMembership,
    Outcome,
    Phase,
    Programme,
    Role,
    SessionPlan,
    TemplateItem,
)
from tests.make.lms import make_file, make_job, make_manager, make_organisation, make_user
from tests.make.numbers import numbers
from tests.make.times import AUTUMN, JANUARY


def make_programme(*, sessions: int = 3, **fields: Any) -> Programme:
    """Make a programme with its seven phases and so many session plans, each with one outcome."""
    number = next(numbers)
    defaults = {"name": f"Programme {number}", "slug": f"programme-{number}", "summary": "What it is about."}
    programme = Programme.objects.create(**defaults | fields)
    for code in Phase.Code:
        Phase.objects.create(programme=programme, code=code, name=str(code.label), text="What happens.")
    for place in range(1, sessions + 1):
        plan = SessionPlan.objects.create(programme=programme, title=f"Topic {place}", topic="Topic", text="The plan.")
        words = {"code": f"outcome-{place}", "text": f"Outcome {place}", "topic": "Topic", "competence": "1.1"}
        plan.outcomes.add(Outcome.objects.create(programme=programme, **words))
    return programme


def make_cohort(*, phase: str = Phase.Code.LAUNCH, **fields: Any) -> Cohort:
    """Make a cohort without members, with a programme of three sessions unless given, that began in January 2026."""
    programme = fields.setdefault("programme", None) or make_programme(sessions=3)
    number = next(numbers)
    defaults = {
        "organisation": None,
        "name": f"Cohort {number}",
        "country": "GR",
        "starts_on": date(2026, 1, 5),
        "ends_on": date(2026, 7, 5),
        "opened_at": JANUARY,
    }
    fields = defaults | fields | {"programme": programme, "phase": programme.phases.get(code=phase)}
    return Cohort.objects.create(**fields | {"organisation": fields["organisation"] or make_organisation()})


def make_member(cohort: Cohort, role: str, **fields: Any) -> User:
    """Make a person with this role in the cohort; ``user`` takes one who is there."""
    user: User = fields.pop("user", None) or make_user(**fields)
    CohortMembership.objects.create(cohort=cohort, user=user, role=role, joined_at=cohort.opened_at)
    forget_roles(user)
    return user


def make_coordinator(cohort: Cohort, **fields: Any) -> User:
    return make_member(cohort, Role.COORDINATOR, **fields)


def make_people_import(actor: User, cohort: Cohort) -> PeopleImport:
    """Make the report of a list that brought one person without an address into the cohort."""
    rows = f"name,cohort,role\nMaria Rossi Nr{next(numbers)},{cohort.name},mentee"
    _plan, made = import_people(BytesIO(rows.encode()), actor=actor, at=AUTUMN, name="people.csv", cohort=cohort)
    assert made is not None
    return made


def make_people_check(actor: User, cohort: Cohort) -> Job:
    """Make a job that checked a list for the cohort and found nothing wrong."""
    report = Report(rows=1, new=1, known=0, wrong=0, errors=[], lines=[Line("Maria Rossi", "On paper", "", "Mentee")])
    data = {"cohort": cohort.pk, "organisation": None}
    fields: dict[str, Any] = {"kind": CHECK, "state": Job.State.DONE, "result": report.as_data(), "ended_at": AUTUMN}
    return make_job(owner=actor, data=data, input_file=make_file(uploaded_by=actor), **fields)


def make_sheets_check(actor: User, cohort: Cohort) -> Job:
    """Make a job that checked a file of mentees' sheets for the cohort and found nothing wrong."""
    lines = [sheets_checked.Line("Maria Rossi", "New, is invited", "Is completed")]
    report = sheets_checked.Report(rows=1, new=1, complete=1, drafts=0, staying=0, wrong=0, errors=[], lines=lines)
    fields: dict[str, Any] = {"kind": sheets_checked.CHECK, "state": Job.State.DONE, "ended_at": AUTUMN}
    data = {"cohort": cohort.pk, "role": Role.MENTEE}
    return make_job(owner=actor, data=data, result=report.as_data(), input_file=make_file(uploaded_by=actor), **fields)


def open_cohort_of(programme: Programme, **fields: Any) -> Cohort:
    """Open a cohort by the action, with its training and its checklist."""
    organisation = fields.setdefault("organisation", None) or make_organisation()
    fields |= {"organisation": organisation, "actor": make_manager(organisation)}
    defaults = {"name": f"Cohort {next(numbers)}", "country": "GR", "starts_on": date(2026, 1, 5), "at": JANUARY}
    return open_cohort(programme, **defaults | fields)


def make_checklist(programme: Programme, *texts: str, **fields: Any) -> ChecklistTemplate:
    """Make a template with an item for each text; a shipped one unless ``organisation`` is given."""
    template = ChecklistTemplate.objects.create(programme=programme, **{"name": f"List {next(numbers)}"} | fields)
    for text in texts:
        TemplateItem.objects.create(template=template, text=text)
    return template


def make_checklist_item(cohort: Cohort, **fields: Any) -> ChecklistItem:
    return ChecklistItem.objects.create(cohort=cohort, **{"text": f"Item {next(numbers)}"} | fields)
