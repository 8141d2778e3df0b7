"""Invitations on paper: choosing for whom, and the sheets with their codes."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from lms.http import PersonRequest, posted
from lms.people.models import User
from lms.people.permissions import require
from mentoring_ext.invitations import actions
from mentoring_ext.invitations.forms import PaperForm
from mentoring_ext.invitations.models import PeopleImport
from mentoring_ext.invitations.printing import waiting_for_paper
from mentoring_ext.programmes.models import Cohort

MOST_SHEETS = 200


@login_required
@never_cache
def cohort_papers(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    require(request.user, "mentoring_programmes.invite_to_cohort", cohort)
    members = cohort.memberships.present().order_by().values("user")
    return _papers(
        request, waiting_for_paper(request.user).filter(pk__in=members), str(cohort), cohort.get_absolute_url()
    )


@login_required
@never_cache
def import_papers(request: PersonRequest, pk: int) -> HttpResponse:
    made = get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)
    named = made.people.order_by().values("user")
    return _papers(request, waiting_for_paper(request.user).filter(pk__in=named), str(made), made.get_absolute_url())


def _papers(request: PersonRequest, waiting: QuerySet[User], where: str, back: str) -> HttpResponse:
    form = PaperForm(posted(request), people=waiting)
    if form.is_valid():
        chosen = form.cleaned_data["people"][:MOST_SHEETS]
        people = User.objects.filter(pk__in=[person.pk for person in chosen])
        sheets = actions.print_invitations(people, actor=request.user, reason=where, at=timezone.now())
        address = settings.SITE_URL + reverse("lms_people:code_enter")
        context = {"sheets": sheets, "address": address, "days": settings.CODE_DAYS, "back": back}
        return render(request, "invitations/sheets.html", context)
    people = waiting.select_related("one_time_code").order_by("one_time_code__made_at", "last_name", "pk")
    context = {"form": form, "people": people[:MOST_SHEETS], "where": where, "back": back, "now": timezone.now()}
    return render(request, "invitations/paper_list.html", context, status=422 if form.is_bound else 200)
