"""Giving and taking roles."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, ask_first, posted
from lms.people import actions
from lms.people.forms import RoleForm
from lms.people.models import SiteRole, User
from lms.people.permissions import require
from lms.people.rights import roles_with_givers
from lms.people.views.people import person_seen


@login_required
def role_new(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_seen(request, pk)
    require(request.user, "lms_people.give_role", person)
    form = RoleForm(posted(request), user=request.user, person=person)
    if form.is_valid():
        with shown_in(form):
            data = form.cleaned_data
            if data["role"] in SiteRole.Role.values:
                actions.grant_site_role(person, data["role"], actor=request.user)
            else:
                actions.grant_organisation_role(
                    person, data["organisation"], data["role"], actor=request.user, department=data["department"]
                )
            messages.success(request, _("%(person)s has the role now.") % {"person": person})
            return redirect(person)
    context = {"person": person, "form": form}
    return render(request, "people/role_new.html", context, status=422 if form.is_bound else 200)


@login_required
def role_end(request: PersonRequest, pk: int, source: str, key: str) -> HttpResponse:
    person = person_seen(request, pk)
    if request.method != "POST":
        return _ask(request, person, source, key)
    try:
        if not actions.end_role(person, source=source, key=key, actor=request.user, at=timezone.now()):
            raise Http404
        messages.success(request, _("The role is taken back. You can give it again at any time."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(person)


def _ask(request: PersonRequest, person: User, source: str, key: str) -> HttpResponse:
    require(request.user, "lms_people.give_role", person)
    held = next((one for one in roles_with_givers(person) if (one.source, one.role.key) == (source, key)), None)
    if held is None:
        raise Http404
    where = held.role.scope or _("the whole site")
    words = {"person": person, "role": held.role.label, "where": where}
    question = _("Take “%(role)s” back from %(person)s?") % words
    text = _("It holds for: %(where)s. What the person did stays. You can give the role again.") % words
    return ask_first(request, question, text, button=_("Take the role back"), back=person.get_absolute_url())
