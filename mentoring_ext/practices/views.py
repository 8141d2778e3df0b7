"""The gallery, writing a good practice, and the manager's review."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.evaluation.models import Aspect
from mentoring_ext.practices import actions
from mentoring_ext.practices.forms import BeginForm, PracticeForm, ReturnForm
from mentoring_ext.practices.models import Practice
from mentoring_ext.practices.permissions import practices_overseen_by
from mentoring_ext.practices.template import PARTS

PAGE = 24


def practice_list(request: HttpRequest) -> HttpResponse:
    about, older_than = request.GET.get("about", ""), request.GET.get("before", "")
    found = Practice.objects.published().about(about).before(older_than).with_authors()
    practices = list(found[: PAGE + 1])
    context = {
        "practices": practices[:PAGE],
        "older": practices[PAGE - 1].pk if len(practices) > PAGE else None,
        "newest": not older_than,
        "about": about,
        "aspects": Aspect.choices,
    }
    return render(request, "practices/practice_list.html", context)


@login_required
def practice_mine(request: PersonRequest) -> HttpResponse:
    practices = Practice.objects.written_by(request.user).order_by("-saved_at")
    context = {"practices": practices, "may_write": request.user.has_perm("mentoring_practices.write_practice")}
    return render(request, "practices/practice_mine.html", context)


@login_required
def practice_waiting(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_practices.list_waiting")
    practices = Practice.objects.filter(practices_overseen_by(request.user)).submitted().with_authors()
    return render(request, "practices/practice_waiting.html", {"practices": practices.distinct()})


@login_required
def practice_create(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_practices.write_practice")
    form = BeginForm(request.POST if request.method == "POST" else None, mentor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            practice = actions.begin_practice(**form.cleaned_data, actor=request.user, at=timezone.now())
            return redirect("mentoring_practices:practice_edit", practice.pk)
        except DomainError as error:
            add_to_form(form, error)
    status = 422 if request.method == "POST" else 200
    return render(request, "practices/practice_create.html", {"form": form}, status=status)


def practice_detail(request: HttpRequest, pk: int) -> HttpResponse:
    practice = get_object_or_404(Practice.objects.visible_to(request.user).with_authors(), pk=pk)
    return _show(request, practice, ReturnForm(), 200)


def _show(request: HttpRequest, practice: Practice, form: ReturnForm, status: int) -> HttpResponse:
    reviews = request.user.has_perm("mentoring_practices.review_practice", practice)
    context = {
        "practice": practice,
        "parts": [(part.heading, getattr(practice, part.name)) for part in PARTS if getattr(practice, part.name)],
        "may_edit": practice.is_open and request.user.has_perm("mentoring_practices.edit_practice", practice),
        "may_review": reviews and practice.state == Practice.State.SUBMITTED,
        "is_published": practice.state == Practice.State.PUBLISHED,
        "form": form,
    }
    return render(request, "practices/practice_detail.html", context, status=status)


@login_required
def practice_edit(request: PersonRequest, pk: int) -> HttpResponse:
    practice = get_object_or_404(Practice.objects.visible_to(request.user).with_authors(), pk=pk)
    require(request.user, "mentoring_practices.edit_practice", practice)
    if not practice.is_open:
        return redirect(practice)
    draft = "draft" in request.POST
    data = request.POST if request.method == "POST" else None
    form = PracticeForm(data, practice=practice, draft=draft)
    if request.method == "POST" and _keep(request, practice, form, draft):
        return redirect("mentoring_practices:practice_edit" if draft else "mentoring_practices:practice_detail", pk)
    context = {"practice": practice, "form": form}
    return render(request, "practices/practice_edit.html", context, status=422 if form.errors else 200)


def _keep(request: PersonRequest, practice: Practice, form: PracticeForm, draft: bool) -> bool:
    """Keep what can be kept even of wrong input, then hand in; return whether all went well."""
    now = timezone.now()
    try:
        actions.save_practice(practice, actor=request.user, written=form.written(), at=now)
        if form.is_valid() and not draft:
            actions.submit_practice(practice, actor=request.user, at=now)
    except DomainError as error:
        add_to_form(form, error)
    if not form.is_valid():
        return False
    handed_in = _("Handed in. Your manager reads it now, and you hear when it is in the gallery.")
    messages.success(request, _("Saved. Go on whenever you like.") if draft else handed_in)
    return True


@login_required
@require_POST
def practice_publish(request: PersonRequest, pk: int) -> HttpResponse:
    practice = get_object_or_404(Practice.objects.visible_to(request.user), pk=pk)
    require(request.user, "mentoring_practices.review_practice", practice)
    try:
        actions.publish_practice(practice, actor=request.user, at=timezone.now())
        messages.success(request, _("Published. Everybody finds it in the gallery now."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(practice)


@login_required
@require_POST
def practice_return(request: PersonRequest, pk: int) -> HttpResponse:
    practice = get_object_or_404(Practice.objects.visible_to(request.user).with_authors(), pk=pk)
    require(request.user, "mentoring_practices.review_practice", practice)
    form = ReturnForm(request.POST)
    try:
        if form.is_valid():
            actions.return_practice(practice, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Returned. The authors read your remark and can change their text."))
            return redirect("mentoring_practices:practice_waiting")
    except DomainError as error:
        add_to_form(form, error)
    return _show(request, practice, form, 422)
