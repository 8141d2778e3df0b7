"""Accepting an invitation, and one's own account."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest, posted
from lms.people import actions
from lms.people.forms import AcceptInvitationForm, AccountForm
from lms.people.models import Invitation, User
from lms.people.permissions import roles_of
from lms.people.tokens import invitation_of

BACKEND = "lms.people.backends.PersonBackend"


@never_cache
@sensitive_post_parameters("password", "repeated")
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "people/invitation_closed.html", status=404)
    try:
        actions.check_open(invitation, at=timezone.now())
    except DomainError as error:
        return render(request, "people/invitation_closed.html", {"error": error}, status=410)
    form = AcceptInvitationForm(posted(request), user=invitation.user)
    if form.is_valid() and _accept(request, invitation, form):
        messages.success(request, _("Welcome! Your password is set, and you are signed in."))
        return redirect("lms_agenda:home")
    context = {"form": form, "invitation": invitation}
    return render(request, "people/invitation_accept.html", context, status=422 if form.is_bound else 200)


def _accept(request: HttpRequest, invitation: Invitation, form: AcceptInvitationForm) -> bool:
    data = form.cleaned_data
    try:
        accepted = actions.accept_invitation(
            invitation, password=data["password"], username=data["username"], at=timezone.now()
        )
    except DomainError as error:
        add_to_form(form, error)
        return False
    login(request, accepted.user, backend=BACKEND)
    return True


@login_required
def account(request: PersonRequest) -> HttpResponse:
    # A copy, so that a wrong name does not show in the page's frame.
    person = User.objects.get(pk=request.user.pk)
    form = AccountForm(posted(request), instance=person)
    if form.is_valid():
        actions.change_account(request.user, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Your account is saved."))
        return redirect("lms_people:account")
    context = {"form": form, "roles": roles_of(request.user)}
    return render(request, "people/account.html", context, status=422 if form.is_bound else 200)


@login_required
def account_data(request: PersonRequest) -> JsonResponse:
    response = JsonResponse(actions.export_data(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def admin_sign_in(request: HttpRequest) -> HttpResponse:
    # Somebody who is signed in comes here only for lack of rights; the sign-in page would send them back for ever.
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{request.GET.urlencode()}")
