"""Organisations, and the tree of their departments."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, ask_first, number_in, posted
from lms.people import actions
from lms.people.forms import DepartmentForm, OrganisationForm
from lms.people.models import Department, Organisation
from lms.people.organisation_page import managers_of, tree_of
from lms.people.permissions import require


def _organisation(request: PersonRequest, pk: int) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)


def _department(request: PersonRequest, pk: int) -> Department:
    departments = Department.objects.visible_to(request.user).select_related("organisation", "parent")
    department = get_object_or_404(departments, pk=pk)
    require(request.user, "lms_people.change_department", department)
    return department


@login_required
@require_safe
def organisation_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_people.list_people")
    organisations = Organisation.objects.visible_to(request.user).with_numbers()
    may_add = request.user.has_perm("lms_people.add_organisation")
    context = {"organisations": organisations, "may_add": may_add}
    return render(request, "people/organisation_list.html", context)


@login_required
def organisation_new(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_people.add_organisation")
    form = OrganisationForm(posted(request))
    if form.is_valid():
        with shown_in(form):
            made = actions.add_organisation(actor=request.user, **form.cleaned_data)
            messages.success(request, _("“%(name)s” is there. Now add its departments.") % {"name": made})
            return redirect(made)
    return render(request, "people/organisation_form.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def organisation_edit(request: PersonRequest, pk: int) -> HttpResponse:
    organisation = _organisation(request, pk)
    require(request.user, "lms_people.change_organisation", organisation)
    initial = {name: getattr(organisation, name) for name in ("name", "country", "asks_terms")}
    form = OrganisationForm(posted(request), initial=initial)
    if form.is_valid():
        with shown_in(form):
            actions.change_organisation(organisation, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(organisation)
    context = {"form": form, "organisation": Organisation.objects.get(pk=pk)}
    return render(request, "people/organisation_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def organisation_detail(request: PersonRequest, pk: int) -> HttpResponse:
    organisation = _organisation(request, pk)
    context = {
        "organisation": organisation,
        "tree": tree_of(organisation, request.user),
        "managers": managers_of(organisation),
        "may_change": request.user.has_perm("lms_people.change_organisation", organisation),
    }
    return render(request, "people/organisation_detail.html", context)


@login_required
def department_new(request: PersonRequest, pk: int) -> HttpResponse:
    organisation = _organisation(request, pk)
    require(request.user, "lms_people.add_department", organisation)
    form = DepartmentForm(
        posted(request), organisation=organisation, user=request.user, initial={"parent": request.GET.get("below")}
    )
    if form.is_valid():
        with shown_in(form):
            made = actions.add_department(organisation, actor=request.user, **form.cleaned_data)
            messages.success(request, _("“%(name)s” is there.") % {"name": made})
            return redirect(made)
    context = {"form": form, "organisation": organisation}
    return render(request, "people/department_form.html", context, status=422 if form.is_bound else 200)


@login_required
def department_edit(request: PersonRequest, pk: int) -> HttpResponse:
    department = _department(request, pk)
    organisation, user = department.organisation, request.user
    initial = {"name": department.name, "parent": department.parent_id}
    form = DepartmentForm(posted(request), organisation=organisation, user=user, department=department, initial=initial)
    if form.is_valid():
        with shown_in(form):
            data = {"parent": department.parent, **form.cleaned_data}
            actions.change_department(department, actor=user, **data)
            messages.success(request, _("Saved."))
            return redirect(department)
    context = {"form": form, "organisation": organisation, "department": department}
    return render(request, "people/department_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def department_order(request: PersonRequest, pk: int) -> HttpResponse:
    department = _department(request, pk)
    place = number_in(request.POST.get("place"))
    if place is not None:
        actions.order_department(department, actor=request.user, place=place)
    return redirect(department)


@login_required
def department_remove(request: PersonRequest, pk: int) -> HttpResponse:
    department = _department(request, pk)
    if request.method != "POST":
        question = _("Remove “%(name)s”?") % {"name": department}
        text = _("The department goes out of the tree of %(place)s. Nobody belongs to it.")
        words = {"button": _("Remove the department"), "back": department.organisation.get_absolute_url()}
        return ask_first(request, question, text % {"place": department.organisation}, **words)
    try:
        actions.remove_department(department, actor=request.user)
        messages.success(request, _("“%(name)s” is removed.") % {"name": department})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(department.organisation)
