"""One's own account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lms.http import PersonRequest, posted
from lms.people import actions
from lms.people.forms import AccountForm
from lms.people.models import User
from lms.people.permissions import roles_of


@login_required
def account(request: PersonRequest) -> HttpResponse:
    # A copy, so that a wrong name does not show in the page's frame.
    person = User.objects.get(pk=request.user.pk)
    form = AccountForm(posted(request), instance=person)
    if form.is_valid():
        actions.change_account(request.user, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Your account is saved."))
        return redirect("lms_people:account")
    may_change_rules = request.user.has_perm("lms_people.change_sign_in_rules")
    context = {"form": form, "roles": roles_of(request.user), "may_change_rules": may_change_rules}
    return render(request, "people/account.html", context, status=422 if form.is_bound else 200)
