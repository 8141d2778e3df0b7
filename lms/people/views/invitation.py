"""Accepting an invitation."""

from django.contrib import messages
from django.contrib.auth import login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lms.errors import DomainError, add_to_form
from lms.http import posted
from lms.people import actions
from lms.people.forms import AcceptInvitationForm
from lms.people.forms.terms import ask_terms
from lms.people.models import Invitation, User
from lms.people.second_step import second_step_of
from lms.people.terms import TERMS, terms_for
from lms.people.tokens import invitation_of
from lms.privacy.actions import give_consent
from lms.privacy.models import Consent

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
    terms = terms_for(invitation.user)
    form = AcceptInvitationForm(posted(request), user=invitation.user)
    ask_terms(form, terms)
    if form.is_valid() and _accept(request, invitation, form):
        messages.success(request, _("Welcome! Your password is set, and you are signed in."))
        return redirect("lms_agenda:home")
    context = {"form": form, "invitation": invitation, "terms": terms}
    return render(request, "people/invitation_accept.html", context, status=422 if form.is_bound else 200)


def agree(user: User, form: Form) -> None:
    """Keep that the person has agreed to the terms, where the form asked for them."""
    if form.cleaned_data.get("terms"):
        give_consent(user, TERMS, at=timezone.now(), way=Consent.Way.FORM)


def _accept(request: HttpRequest, invitation: Invitation, form: AcceptInvitationForm) -> bool:
    data = form.cleaned_data
    try:
        accepted = actions.accept_invitation(
            invitation, password=data["password"], username=data["username"], at=timezone.now()
        )
    except DomainError as error:
        add_to_form(form, error)
        return False
    agree(accepted.user, form)
    # Who has a second step goes by the sign-in page, which alone asks for it.
    if not second_step_of(accepted.user).ready:
        login(request, accepted.user, backend=BACKEND)
    return True
