"""Handing over the duties of somebody who leaves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from lms.errors import shown_in
from lms.http import PersonRequest, posted
from lms.people import actions
from lms.people.forms import HandOverForm
from lms.people.models import User


@login_required
def hand_over(request: PersonRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    resting = actions.duties_resting_on(person, actor=request.user)
    looks_after = request.user.has_perm("lms_people.close_account", person)
    if not resting and not looks_after:
        raise Http404
    form = HandOverForm(posted(request), resting=resting)
    if form.is_valid():
        with shown_in(form):
            number = actions.hand_over(person, actor=request.user, choices=form.choices(), at=timezone.now())
            text = ngettext("%(number)s duty is handed over.", "%(number)s duties are handed over.", number)
            messages.success(request, text % {"number": number})
            return redirect("lms_people:hand_over", pk=pk) if looks_after else redirect("lms_agenda:home")
    context = {
        "person": person,
        "form": form,
        "by_source": [(each, form[each.name] if each.takers else None) for each in resting],
        "looks_after": looks_after,
    }
    return render(request, "people/hand_over.html", context, status=422 if form.is_bound else 200)
