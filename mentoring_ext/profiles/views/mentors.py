"""The mentors' database: the list with its saved views and export, one mentor with notes, and the growth."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.errors import shown_in
from lms.http import PersonRequest
from lms.jobs.actions import start_job
from lms.journal.actions import record
from lms.people.models import Organisation, User
from lms.people.permissions import is_administrator, require
from lms.privacy.actions import record_reading
from mentoring_ext.profiles import actions, exporting, extra, finding, growth, history, reports
from mentoring_ext.profiles.forms.search import MentorSearch, NoteForm, ViewForm
from mentoring_ext.profiles.models import ContactRequest, MentorNote, MentorProfile, SavedView
from mentoring_ext.profiles.pages import chosen_filters, filters_of
from mentoring_ext.profiles.permissions import organisations_served_by


def _organisations(user: User) -> Any:
    return Organisation.objects.filter(pk__in=organisations_served_by(user))


@login_required
@require_safe
def mentor_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.view_mentors")
    search = MentorSearch(request.GET)
    view_form = ViewForm(organisations=_organisations(request.user))
    return _list(request, search, view_form, status=200 if search.is_valid() else 422)


def _list(request: PersonRequest, search: MentorSearch, view_form: ViewForm, *, status: int) -> HttpResponse:
    everybody = MentorProfile.objects.visible_to(request.user).entered()
    wanted = search.cleaned_data if search.is_valid() else {}
    found = finding.search(everybody, wanted) if search.is_valid() else everybody.none()
    chosen, query = chosen_filters(search), filters_of(QueryDict(cast("QueryDict", search.data).urlencode()), search)
    counted = finding.count(everybody, wanted)
    search.show_counts(counted.by_code)
    context = {
        "search": search,
        "chosen": chosen,
        "found": counted.found if search.is_valid() else 0,
        "page": finding.page_of(found, request.GET.get("before")),
        "totals": finding.totals_of(everybody),
        "query": query,
        "views": SavedView.objects.visible_to(request.user).select_related("owner", "organisation"),
        "view_form": view_form,
    }
    return render(request, "profiles/mentor_list.html", context, status=status)


@login_required
@require_POST
def view_create(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.view_mentors")
    form = ViewForm(request.POST, organisations=_organisations(request.user))
    search = MentorSearch(QueryDict(request.POST.get("query", "")[:1000]))
    if form.is_valid() and search.is_valid():
        kept = {"name": form.cleaned_data["name"], "query": filters_of(cast("QueryDict", search.data), search)}
        with shown_in(form):
            view = actions.save_view(actor=request.user, organisation=form.organisation, at=timezone.now(), **kept)
            messages.success(request, _("The view “%(name)s” is saved.") % {"name": view})
            return redirect(view)
    return _list(request, search, form, status=422)


@login_required
@require_POST
def view_delete(request: PersonRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    require(request.user, "mentoring_profiles.delete_view", view)
    actions.delete_view(view, actor=request.user, at=timezone.now())
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view})
    return redirect("mentoring_profiles:mentor_list")


@login_required
@require_POST
def mentor_export(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.view_mentors")
    search = MentorSearch(QueryDict(request.POST.get("query", "")[:1000]))
    if not search.is_valid():
        return _list(request, search, ViewForm(organisations=_organisations(request.user)), status=422)
    found = exporting.found_for(request.user, search.cleaned_data)
    number = found.count()
    if number > exporting.AT_ONCE:
        data = {"filters": {name: value for name, value in search.cleaned_data.items() if value}}
        title = _("Mentors as a spreadsheet")
        return redirect(start_job("mentors_export", actor=request.user, title=title, data=data, at=timezone.now()))
    record("exported", request.user, actor=request.user, data={"mentors": number})
    return exporting.response_of(found)


@login_required
@require_safe
def mentor_detail(request: PersonRequest, pk: int) -> HttpResponse:
    mentor = get_object_or_404(_mentors(request), pk=pk)
    require(request.user, "mentoring_profiles.view_mentors")
    return _detail(request, mentor, NoteForm(), status=200)


def _mentors(request: PersonRequest) -> Any:
    return MentorProfile.objects.visible_to(request.user).select_related("user")


def _detail(request: PersonRequest, mentor: MentorProfile, form: NoteForm, *, status: int) -> HttpResponse:
    record_reading(mentor, reader=request.user, about=mentor.user, what=_("Your sheet as mentor"), at=timezone.now())
    context = {
        "mentor": mentor,
        "form": form,
        "free_places": finding.with_free_places([mentor])[0].free,
        "prepared": MentorProfile.objects.filter(pk=mentor.pk).prepared().exists(),
        "history": history.history_of(mentor, request.user),
        "notes": MentorNote.objects.visible_to(request.user).filter(mentor=mentor).select_related("author"),
        "takes_notes": request.user.has_perm("mentoring_profiles.note_on_mentor"),
        "told": extra.told_of(mentor, organisations_served_by(request.user)),
        "requests": ContactRequest.objects.counted_for(mentor),
        **reports.words_of(mentor),
    }
    return render(request, "profiles/mentor_detail.html", context, status=status)


@login_required
@require_POST
def note_create(request: PersonRequest, pk: int) -> HttpResponse:
    mentor = get_object_or_404(_mentors(request), pk=pk)
    require(request.user, "mentoring_profiles.note_on_mentor")
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _detail(request, mentor, form, status=422)
    ours = reports.organisation_for(request.user, mentor)
    text = form.cleaned_data["text"]
    actions.note_on_mentor(mentor, actor=request.user, organisation=ours, text=text, at=timezone.now())
    messages.success(request, _("Your note is kept."))
    return redirect(mentor)


@login_required
@require_POST
def note_delete(request: PersonRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(MentorNote.objects.visible_to(request.user).select_related("mentor"), pk=pk)
    require(request.user, "mentoring_profiles.delete_note", note)
    actions.delete_note(note, actor=request.user, at=timezone.now())
    messages.success(request, _("Your note is deleted."))
    return redirect(note.mentor)


@login_required
@require_http_methods(["GET", "HEAD"])
def mentor_growth(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.view_mentors")
    everybody = MentorProfile.objects.visible_to(request.user).entered()
    steps = growth.steps_of(everybody, timezone.localdate())
    served = None if is_administrator(request.user) else organisations_served_by(request.user)
    context = {
        "steps": steps,
        "origins": MentorProfile.Origin.labels,
        "chart": growth.chart_of(steps),
        "cohorts": growth.cohorts_of(served),
        "totals": finding.totals_of(everybody),
    }
    return render(request, "profiles/mentor_growth.html", context)
