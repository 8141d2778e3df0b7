"""Who composes questionnaires: whom the use lets, for the organisations that a person has to do with."""

from collections.abc import Iterator

import rules
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation, User
from lms.people.permissions import Person, describe, has_role, is_administrator, is_editor, roles_of
from lms.plugins import QUESTIONNAIRE_USES, QuestionnaireUse
from lms.questionnaires.models import Questionnaire
from lms.questionnaires.uses import use_named


def organisations_of(user: User) -> list[Organisation]:
    """Return the organisations that a person has to do with; an administrator has to do with all."""
    if is_administrator(user):
        return list(Organisation.objects.all())
    found = {organisation.pk: organisation for organisation in _near(user)}
    return sorted(found.values(), key=str)


def _near(user: User) -> Iterator[Organisation]:
    if user.organisation:
        yield user.organisation
    for role in roles_of(user):
        scope = getattr(role.scope, "organisation", role.scope)
        if isinstance(scope, Organisation):
            yield scope


def composable(user: Person) -> list[tuple[QuestionnaireUse, Organisation]]:
    """Return what ``user`` composes forms for, and for whom."""
    if not isinstance(user, User):
        return []
    organisations = organisations_of(user)
    return [(use, org) for use in QUESTIONNAIRE_USES.collect() for org in organisations if use.may_compose(user, org)]


def composed_by(user: Person) -> Q:
    """Return the filter of the forms that ``user`` composes: of their organisations, or those that ship."""
    found = Q(organisation=None) if composes_for_all(user) else Q(pk__in=[])
    for use, organisation in composable(user):
        found |= Q(use=use.name, organisation=organisation)
    return found


@rules.predicate
def composes_for_all(user: Person) -> bool:
    """The person composes the forms that ship with Kyklos, for the whole site."""
    return bool((is_editor | is_administrator)(user))


@rules.predicate
def composes(user: Person, questionnaire: Questionnaire) -> bool:
    """The use lets the person compose this form for its organisation; forms of no organisation are the site's."""
    if questionnaire.organisation is None:
        return bool(composes_for_all(user))
    use, organisation = use_named(questionnaire.use), questionnaire.organisation
    return isinstance(user, User) and bool(use and organisation and use.may_compose(user, organisation))


@rules.predicate
def composes_something(user: Person) -> bool:
    """The person composes forms, for whichever organisation."""
    return bool(composable(user))


@rules.predicate
def may_have_forms(user: Person) -> bool:
    """The person has a role with which forms are composed; asked on every page, so without looking further."""
    return has_role(user, {"coordinator", "manager", "editor", "administrator"})


rules.add_perm("lms_questionnaires.compose", composes_for_all)
rules.add_perm("lms_questionnaires.list_forms", composes_something | composes_for_all)
rules.add_perm("lms_questionnaires.make_form", composes_something)
rules.add_perm("lms_questionnaires.compose_form", composes)
rules.add_perm("lms_questionnaires.see_place", may_have_forms)

describe("lms_questionnaires.compose", _("compose forms for the whole site"))
describe("lms_questionnaires.list_forms", _("see the forms of their organisation, or those that ship"))
describe("lms_questionnaires.make_form", _("make new forms for their organisation"))
describe("lms_questionnaires.compose_form", _("change and publish a form"), Questionnaire.objects.visible_to)
describe("lms_questionnaires.see_place", _("find the forms in the navigation"))
