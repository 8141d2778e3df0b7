"""Giving somebody a code for a new password."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from lms.errors import DomainError
from lms.http import PersonRequest
from lms.people import actions
from lms.people.models import OneTimeCode, User


@login_required
@never_cache
def sign_in_help(request: PersonRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.filter(is_active=True), pk=pk)
    if not request.user.has_perm("lms_people.help_sign_in", person):
        raise Http404
    if request.method != "POST":
        return render(request, "people/sign_in_help.html", {"person": person})
    try:
        code = actions.help_to_sign_in(person, actor=request.user, at=timezone.now())
    except DomainError as error:
        return render(request, "people/sign_in_help.html", {"person": person, "error": error}, status=409)
    context = {"person": person, "code": code, "until": OneTimeCode.objects.get(user=person).expires_at}
    return render(request, "people/sign_in_code.html", context)
