"""Publishing a run with letters to both sides."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest, number_in, posted
from lms.people.models import User
from lms.privacy.actions import record_readings
from mentoring_ext.matching import actions
from mentoring_ext.matching.actions import publishing
from mentoring_ext.matching.actions.publishing import groups_to_open, left_to_tell
from mentoring_ext.matching.forms import LettersForm
from mentoring_ext.matching.leading import leading_in
from mentoring_ext.matching.letter_texts import MEANING
from mentoring_ext.matching.models import MatchRun, RunMentor, Side
from mentoring_ext.matching.naming import are_names_hidden
from mentoring_ext.matching.views.fetching import run_of
from mentoring_ext.matching.views.hiding import about_published

PREVIEWS = 50


@login_required
@require_http_methods(["GET", "POST"])
def run_publish(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    if run.is_open and are_names_hidden(run.cohort):
        return redirect("mentoring_matching:run_close", cohort_pk, pk)
    groups, left = groups_to_open(run), left_to_tell(run)
    form = _form(request, run, groups, left)
    if form.is_valid() and _keep(request, run, form):
        if "publish" in request.POST:
            return _publish(request, run, len(groups))
        messages.success(request, _("The words are saved. Open each letter below to read it."))
    context = _context(request, run, form, groups, left)
    return render(request, "matching/run_publish.html", context, status=422 if form.errors else 200)


def _form(
    request: PersonRequest, run: MatchRun, groups: Mapping[RunMentor, list[User]], left: list[User]
) -> LettersForm:
    """Return the form with a letter for each side and language that somebody reads."""
    people = [person for row, mentees in groups.items() for person in (row.mentor, *mentees) if person]
    keys = {(side, person.language) for person in people for side in (Side.MENTOR, Side.MENTEE)}
    keys |= {(Side.LEFT_OVER, person.language) for person in left}
    return LettersForm(posted(request), cohort=run.cohort, keys=keys)


def _publish(request: PersonRequest, run: MatchRun, groups: int) -> HttpResponse:
    """Publish at once or, where there are many groups, as a job."""
    seen, at = number_in(request.POST.get("seen")), timezone.now()
    if groups > publishing.MOST_AT_ONCE:
        return redirect(actions.start_publishing(run, actor=request.user, at=at, seen=seen))
    try:
        actions.publish_run(run, actor=request.user, at=at, seen=seen)
        messages.success(request, _("Published. The groups are open, and everybody in them gets a letter."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(run)


def _keep(request: PersonRequest, run: MatchRun, form: LettersForm) -> bool:
    """Keep the words that differ from those that the form began with; return whether all of them hold."""
    for key, words in form.texts().items():
        side, language = key
        if words == actions.text_for(run.cohort, side, language):
            continue
        try:
            actions.change_text(
                run.cohort, side=side, language=language, words=words, actor=request.user, at=timezone.now()
            )
        except DomainError as error:
            error.field = form.field_of(key, error.field)
            add_to_form(form, error)
    return not form.errors


def _context(
    request: PersonRequest, run: MatchRun, form: LettersForm, groups: Mapping[RunMentor, list[User]], left: list[User]
) -> dict[str, Any]:
    led = leading_in(run.cohort, [row.mentor for row in groups])
    drafts = actions.letters_for(run, groups, left=left, actor=request.user, texts=form.texts(), led=led)
    return {
        "run": run,
        "form": form,
        "groups": list(groups.items())[:PREVIEWS],
        "more_groups": max(len(groups) - PREVIEWS, 0),
        "number": len(groups),
        "leading": [(row.mentor, led[row.mentor_id]) for row in groups if row.mentor_id in led],
        "without": list(run.proposals.filter(mentor=None).select_related("mentee")),
        "told": len(left),
        "previews": drafts[:PREVIEWS],
        "letters": len(drafts),
        "no_mail": [draft.recipient for draft in drafts if not draft.recipient.email],
        "placeholders": [(f"{{{name}}}", meaning) for name, meaning in MEANING.items()],
    }


@login_required
@require_safe
@about_published
def letter_list(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run, at = run_of(request, cohort_pk, pk), timezone.now()
    page = Paginator(run.letters.unsent_first().select_related("recipient"), PREVIEWS).get_page(request.GET.get("page"))
    if run.published_by_id != request.user.pk:
        people = [letter.recipient for letter in page]
        what = gettext_lazy("The letter to you about your group")
        record_readings(run, reader=request.user, people=people, what=what, at=at)
    lost = run.letters.not_sent(at).count()
    context = {"run": run, "cohort": run.cohort, "page": page, "letters": page.object_list, "lost": lost}
    return render(request, "matching/letter_list.html", context)


@login_required
@require_POST
@about_published
def letters_again(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    try:
        number = actions.send_again(run, actor=request.user, at=timezone.now())
        text = ngettext("%(number)d letter is sent again.", "%(number)d letters are sent again.", number)
        messages.success(request, text % {"number": number})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_matching:letter_list", cohort_pk, pk)
