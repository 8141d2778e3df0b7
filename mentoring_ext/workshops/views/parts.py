"""What belongs to a workshop: points of its programme, materials, questions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.files.forms import keep_uploads
from lms.files.serve import file_response
from lms.http import PersonRequest, asked_place, posted
from lms.people.permissions import require
from mentoring_ext.workshops import actions
from mentoring_ext.workshops.forms import MaterialForm, PointForm, QuestionForm
from mentoring_ext.workshops.models import Material, ProgrammePoint, Workshop
from mentoring_ext.workshops.views.workshops import kept_workshop, workshop_of


@login_required
def point_new(request: PersonRequest, pk: int) -> HttpResponse:
    return _write_point(request, kept_workshop(request, pk), None)


@login_required
def point_edit(request: PersonRequest, pk: int) -> HttpResponse:
    point = _point(request, pk)
    return _write_point(request, point.workshop, point)


def _write_point(request: PersonRequest, workshop: Workshop, point: ProgrammePoint | None) -> HttpResponse:
    form = PointForm(posted(request), user=request.user, instance=point)
    if form.is_valid():
        actions.write_point(workshop, actor=request.user, values=form.cleaned_data, at=timezone.now(), point=point)
        messages.success(request, _("The programme is saved."))
        return redirect(f"{workshop.get_absolute_url()}#programme")
    context = {"workshop": workshop, "point": point, "form": form}
    return render(request, "workshops/point_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def point_move(request: PersonRequest, pk: int) -> HttpResponse:
    point = _point(request, pk)
    actions.move_point(point, actor=request.user, place=asked_place(request, point.order), at=timezone.now())
    return redirect(f"{point.workshop.get_absolute_url()}#point-{pk}")


@login_required
@require_POST
def point_remove(request: PersonRequest, pk: int) -> HttpResponse:
    point = _point(request, pk)
    actions.remove_point(point, actor=request.user, at=timezone.now())
    messages.success(request, _("“%(point)s” is removed.") % {"point": point})
    return redirect(f"{point.workshop.get_absolute_url()}#programme")


@login_required
def material_new(request: PersonRequest, pk: int) -> HttpResponse:
    workshop = kept_workshop(request, pk)
    form = MaterialForm(posted(request), request.FILES or None)
    if form.is_valid():
        actions.add_material(workshop, actor=request.user, at=timezone.now(), **form.values(request.user))
        messages.success(request, _("Everybody with a place finds it here."))
        return redirect(workshop)
    if form.is_bound:
        keep_uploads(form, actor=request.user)
    context = {"workshop": workshop, "form": form}
    return render(request, "workshops/material_new.html", context, status=422 if form.is_bound else 200)


@login_required
def material_download(request: PersonRequest, pk: int) -> HttpResponseBase:
    material = _material(request, pk)
    require(request.user, "mentoring_workshops.take_part", material.workshop)
    if material.file is None:
        raise Http404
    return file_response(material.file)


@login_required
@require_POST
def material_remove(request: PersonRequest, pk: int) -> HttpResponse:
    material = _material(request, pk)
    require(request.user, "mentoring_workshops.keep_workshop", material.workshop)
    actions.remove_material(material, actor=request.user, at=timezone.now())
    messages.success(request, _("“%(material)s” is removed.") % {"material": material})
    return redirect(material.workshop)


@login_required
def question_new(request: PersonRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    require(request.user, "mentoring_workshops.take_part", workshop)
    form = QuestionForm(posted(request))
    if form.is_valid():
        actions.ask_question(workshop, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your question is asked. The answers stand below it."))
        return redirect(workshop)
    context = {"workshop": workshop, "form": form}
    return render(request, "workshops/question_new.html", context, status=422 if form.is_bound else 200)


def _point(request: PersonRequest, pk: int) -> ProgrammePoint:
    seen = Workshop.objects.visible_to(request.user).order_by().values("pk")
    found: ProgrammePoint = get_object_or_404(
        ProgrammePoint.objects.filter(workshop__in=seen).select_related("workshop__organisation"), pk=pk
    )
    require(request.user, "mentoring_workshops.keep_workshop", found.workshop)
    return found


def _material(request: PersonRequest, pk: int) -> Material:
    seen = Workshop.objects.visible_to(request.user).order_by().values("pk")
    return get_object_or_404(Material.objects.filter(workshop__in=seen).select_related("workshop", "file"), pk=pk)
