"""Around views: names are kept out of every page of a pairing, unless a page says that it needs them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lms.http import PersonRequest
from lms.people.naming import calling
from mentoring_ext.matching.actions.naming import look_at_names
from mentoring_ext.matching.hiding import names_kept_out
from mentoring_ext.matching.models import NamesStep
from mentoring_ext.matching.naming import are_names_hidden, looks_now
from mentoring_ext.matching.views.fetching import cohort_of
from mentoring_ext.programmes.models import Cohort

View = Callable[..., HttpResponse]


def without_names(view: View) -> View:
    """Answer without names while the cohort of the address hides them."""

    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return view(request, **parts)
        cohort = Cohort.objects.filter(pk=parts["cohort_pk"]).first()
        if cohort is None:
            raise Http404
        with names_kept_out(cohort):
            return view(request, **parts)

    return answer


def about_published(view: View) -> View:
    """Answer with names: the view is about groups that are published, so that everybody in them is known."""

    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        with calling({}):
            return view(request, **parts)

    return answer


def needs_names(page: NamesStep.Page) -> Callable[[View], View]:
    """Ask before a page opens that cannot do without names, and keep in the protocol that it was opened.

    What is sent to it is never lost: who sends without having been asked has looked.
    """

    def around(view: View) -> View:
        @wraps(view)
        def answer(request: PersonRequest, cohort_pk: int, **parts: Any) -> HttpResponse:
            cohort, at = cohort_of(request, cohort_pk), timezone.now()
            if are_names_hidden(cohort) and not looks_now(cohort, request.user, page, at):
                if request.method != "POST":
                    return render(request, "matching/names_needed.html", {"cohort": cohort, "page": page})
                look_at_names(cohort, actor=request.user, page=page, at=at)
            with calling({}):
                return view(request, cohort_pk, **parts)

        return answer

    return around
