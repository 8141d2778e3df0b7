"""What people of a group see and say of their match."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching.actions.asking import ask_for_change, confirm_match, withdraw_request
from mentoring_ext.matching.forms.asking import AskForm
from mentoring_ext.matching.models import MatchRequest
from mentoring_ext.matching.reports.standing import standing_of


def _group(request: PersonRequest, pk: int) -> MentoringGroup:
    group = get_object_or_404(MentoringGroup.objects.visible_to(request.user).with_people(), pk=pk)
    require(request.user, "mentoring_groups.enter_group", group)
    return group


@login_required
@require_safe
def match_say(request: PersonRequest, group_pk: int) -> HttpResponse:
    group = _group(request, group_pk)
    standing = standing_of(group, request.user, timezone.now())
    return render(request, "matching/match_say.html", {"group": group, "match": standing})


@login_required
@require_POST
def match_confirm(request: PersonRequest, group_pk: int) -> HttpResponse:
    group = _group(request, group_pk)
    try:
        confirm_match(group, actor=request.user, at=timezone.now())
        messages.success(request, _("Thank you. You confirmed your match."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(group)


@login_required
@require_http_methods(["GET", "POST"])
def match_ask(request: PersonRequest, group_pk: int) -> HttpResponse:
    group = _group(request, group_pk)
    is_mentor = group.mentor == request.user
    form = AskForm(posted(request), mentees=group.people()[1:], is_mentor=is_mentor)
    if form.is_valid():
        asked = {"mentee": request.user, **form.cleaned_data}
        with shown_in(form):
            ask_for_change(group, actor=request.user, at=timezone.now(), **asked)
            messages.success(request, _("Your coordinator has your request and will answer."))
            return redirect("mentoring_matching:match_say", group.pk)
    standing = standing_of(group, request.user, timezone.now())
    context = {"group": group, "form": form, "match": standing}
    return render(request, "matching/match_ask.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def request_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    own = MatchRequest.objects.visible_to(request.user).filter(asked_by=request.user)
    asked = get_object_or_404(own.select_related("group"), pk=pk)
    try:
        withdraw_request(asked, actor=request.user, at=timezone.now())
        messages.success(request, _("Your request is taken back."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(asked.group)
