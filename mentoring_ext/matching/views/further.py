"""Factors beside the eleven: which there are, adding and removing one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.errors import shown_in
from lms.http import PersonRequest, posted
from mentoring_ext.matching.actions.further import add_factor, remove_factor
from mentoring_ext.matching.forms.further import FurtherForm
from mentoring_ext.matching.models import FurtherFactor
from mentoring_ext.matching.views.fetching import cohort_of


@login_required
@require_http_methods(["GET", "POST"])
def factor_list(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    form = FurtherForm(posted(request), cohort=cohort)
    if form.is_valid():
        with shown_in(form):
            add_factor(cohort, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Added. Give it a weight beside the others."))
            return redirect("mentoring_matching:factor_list", cohort.pk)
    context = {"cohort": cohort, "form": form, "factors": FurtherFactor.objects.filter(cohort=cohort)}
    return render(request, "matching/factor_list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def factor_remove(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    factor = get_object_or_404(FurtherFactor.objects.visible_to(request.user), cohort=cohort, pk=pk)
    remove_factor(factor, actor=request.user, at=timezone.now())
    messages.success(request, _("Removed. It does not count from the next pairing on."))
    return redirect("mentoring_matching:factor_list", cohort.pk)
