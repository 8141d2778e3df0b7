"""What was imported: one's own lists, and a report of each."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from lms.http import PersonRequest
from lms.people.permissions import require
from lms.text.safe_cell import safe_cell
from mentoring_ext.invitations.choices import ROLES
from mentoring_ext.invitations.models import ImportedPerson, PeopleImport
from mentoring_ext.invitations.printing import waiting_for_paper
from mentoring_ext.invitations.sheet import as_csv
from mentoring_ext.invitations.views.downloads import csv_response

SHOWN = 200
WORDS = dict(ROLES)


def _import(request: PersonRequest, pk: int) -> PeopleImport:
    return get_object_or_404(PeopleImport.objects.visible_to(request.user).with_numbers(), pk=pk)


@login_required
def import_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_invitations.invite_by_list")
    imports = PeopleImport.objects.visible_to(request.user).with_numbers()[:SHOWN]
    return render(request, "invitations/import_list.html", {"imports": imports})


@login_required
def import_detail(request: PersonRequest, pk: int) -> HttpResponse:
    made = _import(request, pk)
    people = made.people.select_related("user", "cohort")[: SHOWN + 1]
    rows = [(each, WORDS[each.role]) for each in people[:SHOWN]]
    waiting = waiting_for_paper(request.user).filter(pk__in=made.people.values("user")).count()
    context = {"made": made, "people": rows, "more": made.rows - SHOWN, "waiting": waiting}
    return render(request, "invitations/import_detail.html", context)


@login_required
def import_people_csv(request: PersonRequest, pk: int) -> HttpResponse:
    people = _import(request, pk).people.select_related("user", "cohort")
    heading = ("row", "name", "username", "email", "cohort", "role", "new_account", "new_in_role")
    return csv_response(f"list-{pk}.csv", as_csv([heading, *map(_cells, people)]))


def _cells(each: ImportedPerson) -> tuple[object, ...]:
    texts = (str(each.user), each.user.username, each.user.email, str(each.cohort or ""), each.role)
    yes_no = ("yes" if told else "no" for told in (each.is_new, each.has_joined))
    return (each.row, *map(safe_cell, texts), *yes_no)
