"""A cohort's checklist: what is open and settled, ticking, and adding to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.files.forms import keep_uploads
from lms.files.serve import file_response
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from mentoring_ext.programmes import actions
from mentoring_ext.programmes.checklist import gates_of
from mentoring_ext.programmes.forms import CohortItemForm, ExcuseForm, SettleForm
from mentoring_ext.programmes.models import ChecklistItem
from mentoring_ext.programmes.views.cohorts import cohort_of


@login_required
def checklist(request: PersonRequest, pk: int) -> HttpResponse:
    cohort, user = cohort_of(request, pk), request.user
    require(user, "mentoring_programmes.view_checklist", cohort)
    context = {
        "cohort": cohort,
        "gates": gates_of(cohort),
        "may_extend": not cohort.is_finished and user.has_perm("mentoring_programmes.extend_checklist", cohort),
    }
    return render(request, "programmes/checklist.html", context)


@login_required
def checklist_item(request: PersonRequest, pk: int) -> HttpResponse:
    item, user = _item(request, pk), request.user
    form = SettleForm(posted(request), request.FILES or None, item=item)
    if request.method == "POST":
        require(user, "mentoring_programmes.settle_item", item)
        if form.is_valid():
            with shown_in(form):
                actions.settle_item(item, actor=user, at=timezone.now(), **form.values(user))
                messages.success(request, _("“%(item)s” is settled.") % {"item": item})
                return redirect("mentoring_programmes:checklist", item.cohort_id)
        keep_uploads(form, actor=user)
    return _item_page(request, item, form, ExcuseForm())


@login_required
@require_POST
def checklist_item_excuse(request: PersonRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    require(request.user, "mentoring_programmes.excuse_item", item)
    form = ExcuseForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            actions.excuse_item(item, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("“%(item)s” does not hold this cohort up any more.") % {"item": item})
            return redirect("mentoring_programmes:checklist", item.cohort_id)
    return _item_page(request, item, SettleForm(item=item), form)


@login_required
@require_POST
def checklist_item_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    try:
        actions.reopen_item(item, actor=request.user, at=timezone.now())
        messages.success(request, _("“%(item)s” is open again.") % {"item": item})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(item)


@login_required
def checklist_item_evidence(request: PersonRequest, pk: int) -> HttpResponseBase:
    item = _item(request, pk)
    if item.evidence is None:
        raise Http404
    return file_response(item.evidence)


@login_required
def checklist_item_new(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = cohort_of(request, pk)
    require(request.user, "mentoring_programmes.extend_checklist", cohort)
    form = CohortItemForm(posted(request))
    if form.is_valid():
        with shown_in(form):
            actions.add_item(cohort, actor=request.user, values=form.cleaned_data, at=timezone.now())
            messages.success(request, _("The checklist has one item more."))
            return redirect("mentoring_programmes:checklist", pk)
    context = {"cohort": cohort, "form": form}
    return render(request, "programmes/checklist_item_new.html", context, status=422 if form.is_bound else 200)


def _item(request: PersonRequest, pk: int) -> ChecklistItem:
    items = ChecklistItem.objects.visible_to(request.user)
    found: ChecklistItem = get_object_or_404(items.select_related("cohort", "evidence", "settled_by"), pk=pk)
    return found


def _item_page(request: PersonRequest, item: ChecklistItem, form: Form, excuse_form: Form) -> HttpResponse:
    running = not item.cohort.is_finished
    context = {
        "item": item,
        "cohort": item.cohort,
        "form": form,
        "excuse_form": excuse_form,
        "may_settle": running and request.user.has_perm("mentoring_programmes.settle_item", item),
        "may_excuse": running and request.user.has_perm("mentoring_programmes.excuse_item", item),
    }
    status = 422 if form.is_bound or excuse_form.is_bound else 200
    return render(request, "programmes/checklist_item.html", context, status=status)
