"""Keeping organisations and the tree of their departments."""

from itertools import count

from django.db import transaction
from django.db.models import F, ProtectedError, Value
from django.db.models.functions import Concat, Substr
from django.utils.text import slugify

from lms.journal.actions import record
from lms.people import errors
from lms.people.models import Department, Organisation, User
from lms.people.models.organisation import DEEPEST


@transaction.atomic
def add_organisation(*, actor: User, name: str, country: str, asks_terms: bool = False) -> Organisation:
    """Add an organisation. Raises ``OrganisationNameTaken`` ("organisation_name_taken")."""
    _check_name(name)
    organisation = Organisation.objects.create(name=name, slug=_free_slug(name), country=country, asks_terms=asks_terms)
    record("created", organisation, actor=actor, context=organisation)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, actor: User, name: str, country: str, asks_terms: bool = False
) -> Organisation:
    """Rename an organisation, correct its country, say whether its people agree to the terms on their way in.

    Raises ``OrganisationNameTaken``.
    """
    _check_name(name, but=organisation)
    organisation.name, organisation.country, organisation.asks_terms = name, country, asks_terms
    organisation.save(update_fields=["name", "country", "asks_terms"])
    record("changed", organisation, actor=actor, context=organisation)
    return organisation


def _check_name(name: str, but: Organisation | None = None) -> None:
    if Organisation.objects.filter(name__iexact=name).exclude(pk=but.pk if but else 0).exists():
        raise errors.OrganisationNameTaken


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:40] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def add_department(
    organisation: Organisation, *, actor: User, name: str, parent: Department | None = None
) -> Department:
    """Add a department at the top of its organisation's tree, or below another one.

    Raises ``OtherOrganisation``, ``DepartmentNameTaken`` ("department_name_taken") and ``TooDeep`` ("too_deep").
    """
    parent = _placed(organisation, name, parent)
    if parent and parent.level >= DEEPEST:
        raise errors.TooDeep
    department = Department.objects.create(organisation=organisation, parent=parent, name=name)
    record("created", department, actor=actor, context=organisation)
    return department


@transaction.atomic
def change_department(department: Department, *, actor: User, name: str, parent: Department | None) -> Department:
    """Rename a department, or move it with everything below it under another one; None moves it to the top.

    Raises ``BelowItself`` ("below_itself"), ``TooDeep``, ``DepartmentNameTaken`` and ``OtherOrganisation``.
    """
    parent = _placed(department.organisation, name, parent, but=department)
    department = Department.objects.select_related("organisation").get(pk=department.pk)
    before = department.parent_id
    if parent and parent.is_below(department):
        raise errors.BelowItself
    _check_depth(department, parent)
    department.name, department.parent = name, parent
    department.save()
    _move_paths(department, parent)
    data = {"moved_from": before} if before != department.parent_id else {}
    record("moved" if data else "changed", department, actor=actor, context=department.organisation, data=data)
    return department


def _placed(
    organisation: Organisation, name: str, parent: Department | None, but: Department | None = None
) -> Department | None:
    """Lock the organisation, so that one change of its tree follows the other, and return the parent as it is now."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    parent = Department.objects.get(pk=parent.pk) if parent else None
    if parent and parent.organisation_id != organisation.pk:
        raise errors.OtherOrganisation(field="parent")
    siblings = Department.objects.filter(organisation=organisation, parent=parent).exclude(pk=but.pk if but else 0)
    if siblings.filter(name__iexact=name).exists():
        raise errors.DepartmentNameTaken
    return parent


def _check_depth(department: Department, parent: Department | None) -> None:
    paths = Department.objects.in_branch(department).values_list("path", flat=True)
    height = max(path.count("/") - 1 for path in paths) - department.level + 1
    if (parent.level if parent else 0) + height > DEEPEST:
        raise errors.TooDeep


def _move_paths(department: Department, parent: Department | None) -> None:
    old, new = department.path, department.path_below(parent)
    branch = Department.objects.filter(path__startswith=old)
    branch.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    department.path = new


@transaction.atomic
def order_department(department: Department, *, actor: User, place: int) -> Department:
    """Put a department at a place among its siblings, counted from 0."""
    Organisation.objects.select_for_update().get(pk=department.organisation_id)
    department.refresh_from_db()
    siblings = Department.objects.filter(organisation=department.organisation_id, parent=department.parent_id)
    department.to(max(0, min(place, siblings.count() - 1)))
    record("moved", department, actor=actor, context=department.organisation, data={"place": place})
    return department


@transaction.atomic
def remove_department(department: Department, *, actor: User) -> None:
    """Remove a department that nobody and nothing belongs to. Raises ``DepartmentInUse`` ("department_in_use")."""
    Organisation.objects.select_for_update().get(pk=department.organisation_id)
    if department.children.exists() or department.people.exists() or department.memberships.exists():
        raise errors.DepartmentInUse
    record("deleted", department, actor=actor, context=department.organisation)
    try:
        with transaction.atomic():
            department.delete()
    except ProtectedError as held:
        raise errors.DepartmentInUse from held
