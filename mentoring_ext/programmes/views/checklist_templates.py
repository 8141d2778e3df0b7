"""Checklists that an organisation keeps for its next cohorts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import shown_in
from lms.http import PersonRequest, ask_first, asked_place, posted
from lms.people.permissions import require
from mentoring_ext.programmes import actions
from mentoring_ext.programmes.forms import TemplateForm, TemplateItemForm, TemplateWordsForm
from mentoring_ext.programmes.models import ChecklistTemplate, TemplateItem


@login_required
def template_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_programmes.keep_checklists")
    templates = ChecklistTemplate.objects.visible_to(request.user).with_counts()
    context = {"templates": templates.select_related("programme", "organisation", "department")}
    return render(request, "programmes/template_list.html", context)


@login_required
def template_new(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_programmes.keep_checklists")
    form = TemplateForm(posted(request), user=request.user, initial={"like": request.GET.get("like")})
    if form.is_valid():
        with shown_in(form):
            template = actions.write_template(actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The next cohorts get this checklist."))
            return redirect(template)
    return render(request, "programmes/template_new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def checklist_template(request: PersonRequest, pk: int) -> HttpResponse:
    template = _template(request, pk)
    may_change = request.user.has_perm("mentoring_programmes.change_template", template)
    form = TemplateWordsForm(posted(request), instance=template)
    if request.method == "POST":
        require(request.user, "mentoring_programmes.change_template", template)
        if form.is_valid():
            with shown_in(form):
                actions.change_template(
                    _template(request, pk), actor=request.user, at=timezone.now(), **form.cleaned_data
                )
                messages.success(request, _("The checklist is saved."))
                return redirect(template)
    context = {"template": template, "items": template.items.all(), "form": form, "may_change": may_change}
    return render(request, "programmes/template.html", context, status=422 if form.is_bound else 200)


@login_required
def template_item_new(request: PersonRequest, pk: int) -> HttpResponse:
    template = _template(request, pk)
    require(request.user, "mentoring_programmes.change_template", template)
    return _write(request, template, None)


@login_required
def template_item(request: PersonRequest, pk: int) -> HttpResponse:
    item = _own_item(request, pk)
    return _write(request, item.template, item)


def _write(request: PersonRequest, template: ChecklistTemplate, item: TemplateItem | None) -> HttpResponse:
    form = TemplateItemForm(posted(request), instance=item)
    if form.is_valid():
        before = TemplateItem.objects.get(pk=item.pk) if item else None
        actions.write_item(template, actor=request.user, values=form.cleaned_data, at=timezone.now(), item=before)
        messages.success(request, _("The item is saved. Cohorts that are open already keep theirs."))
        return redirect(template)
    context = {"template": template, "item": item, "form": form}
    return render(request, "programmes/template_item.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def template_item_move(request: PersonRequest, pk: int) -> HttpResponse:
    item = _own_item(request, pk)
    actions.move_item(item, actor=request.user, place=asked_place(request, item.order), at=timezone.now())
    return redirect(f"{item.template.get_absolute_url()}#item-{item.pk}")


@login_required
def template_item_remove(request: PersonRequest, pk: int) -> HttpResponse:
    item = _own_item(request, pk)
    if request.method != "POST":
        question = _("Remove “%(item)s”?") % {"item": item}
        text = _("New cohorts get the checklist without it. Cohorts that are open already keep it.")
        back = reverse("mentoring_programmes:template_item", args=[pk])
        return ask_first(request, question, text, button=_("Remove this item"), back=back)
    actions.remove_item(item, actor=request.user, at=timezone.now())
    messages.success(request, _("“%(item)s” is removed. Cohorts that are open already keep it.") % {"item": item})
    return redirect(item.template)


@login_required
@require_POST
def template_remove(request: PersonRequest, pk: int) -> HttpResponse:
    template = _template(request, pk)
    require(request.user, "mentoring_programmes.change_template", template)
    actions.remove_template(template, actor=request.user, at=timezone.now())
    messages.success(request, _("The checklist is removed. Cohorts that are open already keep theirs."))
    return redirect("mentoring_programmes:template_list")


def _template(request: PersonRequest, pk: int) -> ChecklistTemplate:
    require(request.user, "mentoring_programmes.keep_checklists")
    templates = ChecklistTemplate.objects.visible_to(request.user)
    return get_object_or_404(templates.select_related("programme", "organisation", "department"), pk=pk)


def _own_item(request: PersonRequest, pk: int) -> TemplateItem:
    templates = ChecklistTemplate.objects.visible_to(request.user)
    items = TemplateItem.objects.filter(template__in=templates.order_by().values("pk"))
    item: TemplateItem = get_object_or_404(items.select_related("template__organisation"), pk=pk)
    require(request.user, "mentoring_programmes.change_template", item.template)
    return item
