"""Open invitations: sending them again, mending the address, taking them back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from lms.people.actions import correct_address, resend_invitation
from lms.people.models import Invitation
from lms.people.permissions import require
from mentoring_ext.invitations import actions
from mentoring_ext.invitations.forms import AddressForm
from mentoring_ext.invitations.waiting import FILTERS, PAGE, narrowed, open_invitations, row_of


def _invitation(request: PersonRequest, pk: int) -> Invitation:
    require(request.user, "mentoring_invitations.invite_by_list")
    return get_object_or_404(open_invitations(request.user), pk=pk)


@login_required
@require_safe
def open_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_invitations.invite_by_list")
    now, chosen, before = timezone.now(), request.GET.get("show", ""), request.GET.get("before", "")
    everybody = open_invitations(request.user)
    found = narrowed(everybody, chosen, now)
    found = found.filter(pk__lt=before) if before.isdigit() else found
    rows = [row_of(each, now) for each in found[: PAGE + 1]]
    context = {
        "rows": rows[:PAGE],
        "older": rows[PAGE - 1].invitation.pk if len(rows) > PAGE else None,
        "is_later_page": bool(before),
        "filters": FILTERS.items(),
        "chosen": chosen if chosen in FILTERS else "",
        "failed": narrowed(everybody, "failed", now).count(),
    }
    return render(request, "invitations/open_list.html", context)


@login_required
def open_detail(request: PersonRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    form = AddressForm(posted(request), initial={"email": invitation.user.email})
    if form.is_valid():
        with shown_in(form):
            correct_address(invitation.user, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
            return redirect("mentoring_invitations:open_list")
    context = {"form": form, "row": row_of(invitation, timezone.now()), "person": invitation.user}
    return render(request, "invitations/open_detail.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def open_send(request: PersonRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    try:
        resend_invitation(invitation, actor=request.user, at=timezone.now())
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invitation.user.email})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_invitations:open_list")


@login_required
@require_POST
def open_send_failed(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_invitations.invite_by_list")
    sent = actions.send_failed_again(actor=request.user, at=timezone.now())
    text = ngettext("%(number)s invitation is sent again.", "%(number)s invitations are sent again.", sent)
    messages.success(request, text % {"number": sent})
    return redirect("mentoring_invitations:open_list")


@login_required
def open_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    if request.method == "POST":
        try:
            actions.take_back_invitation(invitation, actor=request.user, at=timezone.now())
            messages.success(request, _("The invitation of %(person)s is taken back.") % {"person": invitation.user})
        except DomainError as error:
            messages.error(request, str(error.text))
        return redirect("mentoring_invitations:open_list")
    context = {"invitation": invitation, "person": invitation.user}
    return render(request, "invitations/open_withdraw.html", context)
