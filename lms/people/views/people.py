"""The people of the site: the list, a person, their account, and closing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from lms.people import actions
from lms.people.directory import chosen_filters, narrowed, page_of
from lms.people.forms import AddressForm, InvitationForm, NameAgainForm, PersonForm, PersonSearch
from lms.people.models import User
from lms.people.permissions import require
from lms.people.rights import ASKED, rights_of, roles_with_givers
from lms.people.second_step import second_step_of


def person_seen(request: PersonRequest, pk: int) -> User:
    people = User.objects.visible_to(request.user).select_related("organisation", "department", "invitation")
    return get_object_or_404(people, pk=pk)


@login_required
@require_safe
def person_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_people.list_people")
    search, seen = PersonSearch(request.GET, user=request.user), User.objects.visible_to(request.user)
    found = narrowed(seen, search.cleaned_data) if search.is_valid() else seen.filter(pk__in=[])
    query = request.GET.copy()
    for name in ("before", "after"):
        query.pop(name, None)
    context = {
        "search": search,
        "chosen": chosen_filters(search) if search.is_valid() else [],
        "page": page_of(found, request.GET),
        "query": query.urlencode(),
    }
    return render(request, "people/person_list.html", context, status=200 if search.is_valid() else 422)


@login_required
@require_safe
def person_detail(request: PersonRequest, pk: int) -> HttpResponse:
    person, user = person_seen(request, pk), request.user
    context = {
        "person": person,
        "held": roles_with_givers(person),
        "may_change": user.has_perm("lms_people.change_person", person),
        "may_close": user.has_perm("lms_people.close_account", person),
        "may_erase": user.has_perm("lms_privacy.erase_others", person),
        "may_give": user.has_perm("lms_people.give_role", person),
        "may_take": user.has_perm("lms_people.take_second_step", person) and second_step_of(person).ready,
        "may_help": person.is_active and user.has_perm("lms_people.help_sign_in", person),
    }
    return render(request, "people/person_detail.html", context)


@login_required
@require_safe
def person_rights(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_seen(request, pk)
    context = {"person": person, "rooms": rights_of(person), "asked": ASKED}
    return render(request, "people/person_rights.html", context)


@login_required
def person_invite(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_people.invite_person")
    form = InvitationForm(posted(request), user=request.user)
    if form.is_valid():
        with shown_in(form):
            person = actions.invite_new_person(actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("%(person)s is invited. Now you can give a role.") % {"person": person})
            return redirect(person)
    return render(request, "people/person_invite.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def person_edit(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_seen(request, pk)
    require(request.user, "lms_people.change_person", person)
    initial = {name: getattr(person, name) for name in ("first_name", "last_name", "organisation", "department")}
    form = PersonForm(posted(request), user=request.user, initial=initial)
    if form.is_valid():
        with shown_in(form):
            actions.change_person(person, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(person)
    context = {"person": person, "form": form}
    return render(request, "people/person_edit.html", context, status=422 if form.is_bound else 200)


@login_required
def person_address(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_seen(request, pk)
    require(request.user, "lms_people.change_person", person)
    form = AddressForm(posted(request), initial={"email": person.email})
    if form.is_valid():
        with shown_in(form):
            actions.correct_address(person, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
            return redirect(person)
    context = {"person": person, "form": form}
    return render(request, "people/person_address.html", context, status=422 if form.is_bound else 200)


@login_required
def person_close(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_seen(request, pk)
    require(request.user, "lms_people.close_account", person)
    form = NameAgainForm(posted(request), person=person)
    if form.is_valid():
        with shown_in(form):
            actions.close_account(person, actor=request.user, at=timezone.now())
            messages.success(request, _("The account of %(person)s is closed.") % {"person": person})
            return redirect(person)
    resting = actions.duties_resting_on(person, actor=request.user)
    context = {"person": person, "form": form, "resting": resting}
    return render(request, "people/person_close.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def person_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_seen(request, pk)
    require(request.user, "lms_people.close_account", person)
    try:
        actions.reopen_account(person, actor=request.user, at=timezone.now())
        messages.success(request, _("%(person)s can sign in again.") % {"person": person})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(person)
