"""How the pairing of a programme's cohorts begins."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.errors import shown_in
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from mentoring_ext.matching.actions.defaults import set_defaults
from mentoring_ext.matching.defaults import defaults_of
from mentoring_ext.matching.forms.defaults import DefaultsForm
from mentoring_ext.programmes.models import Programme


@login_required
@require_http_methods(["GET", "POST"])
def defaults_edit(request: PersonRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    require(request.user, "mentoring_matching.set_defaults", programme)
    form = DefaultsForm(posted(request), defaults=defaults_of(programme))
    if form.is_valid():
        with shown_in(form):
            set_defaults(programme, actor=request.user, at=timezone.now(), **form.told)
            messages.success(request, _("Saved. Cohorts that have not paired yet begin with it."))
            return redirect("mentoring_matching:defaults_edit", slug)
    context = {"programme": programme, "form": form}
    return render(request, "matching/defaults_edit.html", context, status=422 if form.errors else 200)
