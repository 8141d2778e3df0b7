"""Copying a programme to another department, and adapting the copy."""

from collections.abc import Mapping
from datetime import datetime
from itertools import count

from django.db import transaction
from django.forms import model_to_dict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import Department, Organisation, User
from lms.questionnaires.actions import new_form, newest_version, publish_version, sections_of
from lms.questionnaires.models import Questionnaire, Version
from mentoring_ext.evaluation.models import EvaluationForm
from mentoring_ext.matching.models import PairingDefaults
from mentoring_ext.programmes.errors import NotYourPlace, ProgrammeInUse, ProgrammeNameTaken
from mentoring_ext.programmes.models import (
    ITEM_FIELDS,
    ChecklistTemplate,
    Outcome,
    Phase,
    PhaseTask,
    Programme,
    ProgrammeCourse,
    SessionPlan,
    TemplateItem,
)
from mentoring_ext.programmes.permissions import opens_for

KEPT = ("summary", "group_size", "session_minutes", "weeks", "agreement_before_session")


@transaction.atomic
def transfer_programme(
    programme: Programme,
    *,
    actor: User,
    organisation: Organisation,
    department: Department | None,
    name: str,
    at: datetime,
) -> Programme:
    """Copy a programme to an organisation or a department of it, which then adapts its copy.

    Phases with their tasks, session plans, outcomes, courses, checklists, forms and how pairing begins go along;
    people, cohorts and answers do not. Its managers are told. Raises ``NotYourPlace`` and ``ProgrammeNameTaken``.
    """
    if not opens_for(actor, organisation, department):
        raise NotYourPlace
    _check_name(name)
    copy = Programme.objects.create(
        **{field: getattr(programme, field) for field in KEPT},
        name=name,
        slug=_free_slug(name),
        organisation=organisation,
        department=department,
        copied_from=programme,
    )
    _copy_phases(programme, copy)
    _copy_plans(programme, copy)
    ProgrammeCourse.objects.bulk_create(
        ProgrammeCourse(programme=copy, course_id=each.course_id, role=each.role)
        for each in programme.programme_courses.all()
    )
    _copy_checklists(programme, copy)
    _copy_forms(programme, copy, organisation, actor, at)
    _copy_pairing(programme, copy, actor, at)
    record("created", copy, actor=actor, context=department or organisation, data={"from": programme.pk}, at=at)
    text = _("“%(programme)s” was copied to %(place)s. You can adapt it now.")
    words = {"programme": copy, "place": department or organisation}
    managers = User.objects.managing(organisation, department)
    notify(managers, "programme_transferred", text % words, copy.get_absolute_url(), exclude=actor)
    return copy


def _check_name(name: str, but: Programme | None = None) -> None:
    if Programme.objects.filter(name__iexact=name).exclude(pk=but.pk if but else 0).exists():
        raise ProgrammeNameTaken


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:40] or "programme"
    tries = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(slug for slug in tries if not Programme.objects.filter(slug=slug).exists())


def _copy_phases(programme: Programme, copy: Programme) -> None:
    for phase in programme.phases.prefetch_related("tasks"):
        words = {name: getattr(phase, name) for name in ("code", "name", "text", "forms_due", "order")}
        mine = Phase.objects.create(programme=copy, **words)
        PhaseTask.objects.bulk_create(
            PhaseTask(phase=mine, role=task.role, text=task.text, order=task.order) for task in phase.tasks.all()
        )


def _copy_plans(programme: Programme, copy: Programme) -> None:
    outcomes = {
        outcome.pk: Outcome.objects.create(programme=copy, **model_to_dict(outcome, exclude=["id", "programme"]))
        for outcome in programme.outcomes.all()
    }
    for plan in programme.session_plans.prefetch_related("outcomes"):
        words = {name: getattr(plan, name) for name in ("title", "topic", "text", "activities", "order")}
        mine = SessionPlan.objects.create(programme=copy, **words)
        mine.outcomes.set([outcomes[outcome.pk] for outcome in plan.outcomes.all()])


def _copy_checklists(programme: Programme, copy: Programme) -> None:
    """Copy the checklists that the programme brings along: its owner's where it has one, else the shipped ones."""
    source = programme.checklists.filter(organisation=programme.organisation, department=programme.department)
    for template in source.prefetch_related("items"):
        mine = ChecklistTemplate.objects.create(
            programme=copy,
            organisation=copy.organisation,
            department=copy.department,
            name=template.name,
            text=template.text,
        )
        TemplateItem.objects.bulk_create(
            TemplateItem(template=mine, order=item.order, **{name: getattr(item, name) for name in ITEM_FIELDS})
            for item in template.items.all()
        )


def _copy_forms(programme: Programme, copy: Programme, organisation: Organisation, actor: User, at: datetime) -> None:
    """Copy the evaluation's forms, open to answers; and the owner's application forms, as drafts to look through."""
    for form in EvaluationForm.objects.filter(programme=programme).select_related("questionnaire"):
        mine = _copy_of(form.questionnaire, newest_version(form.questionnaire), organisation, actor, at)
        publish_version(mine, actor=actor, at=at)
        EvaluationForm.objects.create(programme=copy, role=form.role, moment=form.moment, questionnaire=mine)
    if programme.organisation_id in (None, organisation.pk):
        return
    for composed in Questionnaire.objects.filter(organisation=programme.organisation).exclude(use=""):
        newest = composed.versions.published().order_by("-number").first()
        if newest:
            _copy_of(composed, newest, organisation, actor, at)


def _copy_pairing(programme: Programme, copy: Programme, actor: User, at: datetime) -> None:
    for defaults in PairingDefaults.objects.filter(programme=programme):
        kept = {name: getattr(defaults, name) for name in ("weights", "options", "wishes", "blind")}
        PairingDefaults.objects.create(programme=copy, changed_by=actor, changed_at=at, **kept)


def _copy_of(
    form: Questionnaire, version: Version, organisation: Organisation, actor: User, at: datetime
) -> Questionnaire:
    words = {"use": form.use, "title": form.title, "purpose": form.purpose, "seen_by": form.seen_by}
    return new_form(organisation, actor=actor, sections=sections_of(version), at=at, **words)


@transaction.atomic
def change_programme(programme: Programme, *, actor: User, name: str, summary: str) -> Programme:
    """Change a copy's name and summary. Raises ``ProgrammeNameTaken``."""
    _check_name(name, but=programme)
    programme.name, programme.summary = name, summary
    programme.save(update_fields=["name", "summary"])
    record("changed", programme, actor=actor, context=programme.organisation)
    return programme


@transaction.atomic
def change_phase(phase: Phase, *, actor: User, name: str, text: str) -> Phase:
    """Change what a phase of a copy is called and what happens in it."""
    phase.name, phase.text = name, text
    phase.save(update_fields=["name", "text"])
    record("changed", phase, actor=actor, context=phase.programme)
    return phase


@transaction.atomic
def write_plan(programme: Programme, plan: SessionPlan | None, *, actor: User, words: Mapping[str, str]) -> SessionPlan:
    """Change a session plan of a copy, or add one at the end. Raises ``ProgrammeInUse`` for a new one."""
    if plan is None:
        _check_unused(programme)
    written = plan or SessionPlan(programme=programme)
    for name in ("title", "topic", "text", "activities"):
        setattr(written, name, words[name])
    written.save()
    record("changed" if plan else "created", written, actor=actor, context=programme)
    return written


@transaction.atomic
def order_plan(plan: SessionPlan, *, actor: User, place: int) -> SessionPlan:
    """Put a session plan at a place in the order, counted from 0. Raises ``ProgrammeInUse``."""
    _check_unused(plan.programme)
    plan.refresh_from_db()
    plan.to(max(0, min(place, plan.programme.session_plans.count() - 1)))
    record("moved", plan, actor=actor, context=plan.programme, data={"place": place})
    return plan


@transaction.atomic
def remove_plan(plan: SessionPlan, *, actor: User) -> None:
    """Take a session out of a copy. Raises ``ProgrammeInUse``."""
    _check_unused(plan.programme)
    record("deleted", plan, actor=actor, context=plan.programme)
    plan.delete()


def _check_unused(programme: Programme) -> None:
    """Lock the programme, so that no two people change its order at once; a cohort's sessions keep their numbers."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if programme.cohorts.exists():
        raise ProgrammeInUse
