"""Checklist templates: an organisation's own, made new or copied, and their items in order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from lms.journal.actions import record
from lms.people.models import Department, Organisation, User
from mentoring_ext.programmes.errors import ChecklistNameTaken, NotYours, ShippedChecklist
from mentoring_ext.programmes.models import ITEM_FIELDS, ChecklistTemplate, Programme, TemplateItem
from mentoring_ext.programmes.permissions import keeps_checklists_of


@transaction.atomic
def write_template(
    programme: Programme,
    *,
    actor: User,
    organisation: Organisation,
    name: str,
    at: datetime,
    department: Department | None = None,
    text: str = "",
    like: ChecklistTemplate | None = None,
) -> ChecklistTemplate:
    """Make a checklist for an organisation or one of its departments, empty or with the items of another one.

    Raises ``NotYours`` and ``ChecklistNameTaken``.
    """
    if not keeps_checklists_of(actor, organisation, department):
        raise NotYours
    taken = ChecklistTemplate.objects.filter(programme=programme, organisation=organisation, department=department)
    if taken.filter(name__iexact=name).exists():
        raise ChecklistNameTaken
    template = ChecklistTemplate.objects.create(
        programme=programme, organisation=organisation, department=department, name=name, text=text
    )
    for item in like.items.all() if like else ():
        TemplateItem.objects.create(template=template, **{field: getattr(item, field) for field in ITEM_FIELDS})
    record("created", template, actor=actor, context=organisation, at=at)
    return template


@transaction.atomic
def change_template(
    template: ChecklistTemplate, *, actor: User, name: str, text: str, at: datetime
) -> ChecklistTemplate:
    """Change what a checklist is called and says first. Raises ``ShippedChecklist`` and ``ChecklistNameTaken``."""
    _check_own(template)
    template.name, template.text = name, text
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        raise ChecklistNameTaken from error
    record("changed", template, actor=actor, context=template.organisation, at=at)
    return template


@transaction.atomic
def write_item(
    template: ChecklistTemplate,
    *,
    actor: User,
    values: Mapping[str, Any],
    at: datetime,
    item: TemplateItem | None = None,
) -> TemplateItem:
    """Add an item at the end, or change ``item``. Cohorts that are open keep theirs. Raises ``ShippedChecklist``."""
    _check_own(template)
    item = item or TemplateItem(template=template)
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    record("changed", template, actor=actor, context=template.organisation, data={"item": item.text}, at=at)
    return item


@transaction.atomic
def move_item(item: TemplateItem, *, actor: User, place: int, at: datetime) -> TemplateItem:
    """Put an item at a place, 0 for the first. Raises ``ShippedChecklist``."""
    _check_own(item.template)
    # Two people may move at once: the template's row lets them in one after the other.
    ChecklistTemplate.objects.select_for_update().get(pk=item.template_id)
    item.refresh_from_db()
    item.to(max(0, min(place, item.template.items.count() - 1)))
    record("moved", item.template, actor=actor, context=item.template.organisation, data={"item": item.text}, at=at)
    return item


@transaction.atomic
def remove_item(item: TemplateItem, *, actor: User, at: datetime) -> None:
    """Take an item out of the template; cohorts that are open keep theirs. Raises ``ShippedChecklist``."""
    _check_own(item.template)
    record(
        "changed", item.template, actor=actor, context=item.template.organisation, data={"removed": item.text}, at=at
    )
    item.delete()


@transaction.atomic
def remove_template(template: ChecklistTemplate, *, actor: User, at: datetime) -> None:
    """Remove a checklist; cohorts that are open keep their items. Raises ``ShippedChecklist``."""
    _check_own(template)
    record("deleted", template, actor=actor, context=template.organisation, at=at)
    template.delete()


def _check_own(template: ChecklistTemplate) -> None:
    if template.is_shipped:
        raise ShippedChecklist
