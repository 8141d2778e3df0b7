"""A group's space with what leads on from it, its documents, and its closure."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.errors import shown_in
from lms.files.serve import file_response
from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.groups import actions
from mentoring_ext.groups.forms import ClosingForm, DocumentForm
from mentoring_ext.groups.models import Document, MentoringGroup
from mentoring_ext.groups.space import space_of
from mentoring_ext.matching.reports.standing import standing_of


def _group(request: PersonRequest, pk: int) -> MentoringGroup:
    groups = MentoringGroup.objects.visible_to(request.user).with_state(timezone.now()).with_people()
    return get_object_or_404(groups, pk=pk)


@login_required
def group_list(request: PersonRequest) -> HttpResponse:
    groups = list(MentoringGroup.objects.of(request.user).with_state(timezone.now()).with_people())
    if len(groups) == 1:
        return redirect(groups[0])
    return render(request, "groups/group_list.html", {"groups": groups})


@login_required
def space(request: PersonRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    require(request.user, "mentoring_groups.view_group", group)
    now = timezone.now()
    match = standing_of(group, request.user, now)
    context = {"group": group, "space": space_of(group, request.user, now), "match": match}
    return render(request, "groups/space.html", context)


@login_required
def document_add(request: PersonRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    require(request.user, "mentoring_groups.add_document", group)
    form = DocumentForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        with shown_in(form):
            document = actions.add_document(group, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("“%(title)s” is in your group's documents.") % {"title": document.title})
            return redirect(group)
    context = {"group": group, "form": form}
    return render(request, "groups/document_add.html", context, status=422 if form.is_bound else 200)


@login_required
def document_download(request: PersonRequest, pk: int) -> FileResponse:
    documents = Document.objects.visible_to(request.user).select_related("file")
    return file_response(get_object_or_404(documents, pk=pk).file)


@login_required
def close(request: PersonRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    require(request.user, "mentoring_groups.close_group", group)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with shown_in(form):
            actions.close_group(group, actor=request.user, at=timezone.now(), because=form.cleaned_data["because"])
            messages.success(request, _("“%(group)s” is closed.") % {"group": group})
            return redirect(group.cohort)
    context = {"group": group, "form": form}
    return render(request, "groups/close.html", context, status=422 if form.is_bound else 200)
