"""Sheets, step by step, and the drafts of what is typed meanwhile."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.errors import DomainError
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from lms.privacy.models import ConsentVersion
from mentoring_ext.profiles import actions, extra
from mentoring_ext.profiles.errors import ChangedElsewhere
from mentoring_ext.profiles.filling import KINDS, Filling, filling_of, kept_of, seen_by
from mentoring_ext.profiles.forms.sheets import SheetForm
from mentoring_ext.profiles.steps import STEPS, unfinished


@login_required
@require_http_methods(["GET", "POST"])
def mentor_sheet(request: PersonRequest, step: int = 1) -> HttpResponse:
    require(request.user, "mentoring_profiles.fill_mentor_sheet")
    return _sheet(request, filling_of(request.user, "mentor", step))


@login_required
@require_http_methods(["GET", "POST"])
def mentee_sheet(request: PersonRequest, step: int = 1) -> HttpResponse:
    require(request.user, "mentoring_profiles.fill_mentee_sheet")
    return _sheet(request, filling_of(request.user, "mentee", step))


@login_required
@require_POST
def mentor_draft(request: PersonRequest, step: int) -> HttpResponse:
    require(request.user, "mentoring_profiles.fill_mentor_sheet")
    return _keep_draft(request, filling_of(request.user, "mentor", step))


@login_required
@require_POST
def mentee_draft(request: PersonRequest, step: int) -> HttpResponse:
    require(request.user, "mentoring_profiles.fill_mentee_sheet")
    return _keep_draft(request, filling_of(request.user, "mentee", step))


def _keep_draft(request: PersonRequest, filling: Filling) -> HttpResponse:
    now = timezone.now()
    typed, seen = kept_of(request.POST, filling.step), seen_by(request.POST)
    try:
        draft = actions.keep_draft(request.user, **filling.where, data=typed, seen=seen, at=now)
    except ChangedElsewhere as error:
        return JsonResponse({"said": str(error.text)}, status=409)
    said = _("Saved %(time)s") % {"time": date_format(timezone.localtime(now), "H:i")}
    return JsonResponse({"said": said, "revision": draft.revision})


def _sheet(request: PersonRequest, filling: Filling) -> HttpResponse:
    """Show or save one step; on the last one the whole sheet can be finished."""
    form = filling.form(posted(request), finishing="finish" in request.POST)
    if request.method != "POST":
        return _show(request, filling, form)
    try:
        actions.check_revision(request.user, **filling.where, seen=seen_by(request.POST))
    except DomainError as error:
        return _show(request, filling, form, behind=error.text, status=409)
    return _save(request, filling, form) if form.is_valid() else _keep_wrong(request, filling, form)


def _keep_wrong(request: PersonRequest, filling: Filling, form: SheetForm) -> HttpResponse:
    """Keep what is right in the sheet, and everything as it was typed, so that no word is lost."""
    now = timezone.now()
    if not filling.profile.is_complete:
        actions.save_sheet(filling.profile, actor=request.user, values=form.values(), at=now)
    typed = kept_of(request.POST, filling.step)
    actions.keep_draft(request.user, **filling.where, data=typed, seen=None, at=now)
    return _show(request, filling, form, status=422)


def _save(request: PersonRequest, filling: Filling, form: SheetForm) -> HttpResponse:
    now, finishing = timezone.now(), "finish" in request.POST
    kept: dict[str, Any] = {"actor": request.user, "values": form.values(), "sensitive": form.sensitive(), "at": now}
    missing = [entry for entry in unfinished(filling.profile) if entry[0] != filling.number] if finishing else []
    save = actions.finish_sheet if finishing and not missing else actions.save_sheet
    save(filling.profile, **kept)
    actions.close_draft(request.user, **filling.where, at=now)
    if missing:
        return _show(request, filling, form, missing=missing, status=422)
    if finishing:
        messages.success(request, _("Thank you. Your sheet is complete, and you can change it whenever you like."))
        return redirect("lms_agenda:home")
    return _go_on(request, filling)


def _go_on(request: PersonRequest, filling: Filling) -> HttpResponse:
    messages.success(request, _("Saved."))
    last = len(STEPS[KINDS[filling.name]])
    target = filling.number + ("next" in request.POST) - ("back" in request.POST)
    return redirect(f"mentoring_profiles:{filling.name}_sheet_step", min(max(target, 1), last))


def _show(
    request: PersonRequest, filling: Filling, form: SheetForm, *, missing: Any = (), behind: Any = "", status: int = 200
) -> HttpResponse:
    steps, profile = STEPS[KINDS[filling.name]], filling.profile
    open_steps = {entry[0] for entry in unfinished(profile)} if profile.pk else set(range(1, len(steps) + 1))
    context = {
        "filling": filling,
        "profile": profile,
        "form": form,
        "revision": actions.draft_of(request.user, **filling.where).revision,
        "steps": [(at, step, at not in open_steps) for at, step in enumerate(steps, start=1)],
        "done": len(steps) - len(open_steps),
        "missing": missing,
        "behind": behind,
        "more": extra.version_for(request.user, filling.name),
        "more_url_name": f"mentoring_profiles:{filling.name}_extra",
        "saved_at": filling.draft.saved_at or profile.saved_at,
        "consents": _consents(filling),
        "step_url_name": f"mentoring_profiles:{filling.name}_sheet_step",
        "draft_url_name": f"mentoring_profiles:{filling.name}_draft",
    }
    return render(request, "profiles/sheet_edit.html", context, status=status)


def _consents(filling: Filling) -> list[Any]:
    """Return the words of what is agreed to on this step."""
    asked = [name for name in ("sensitive", "matching") if filling.step.code == "about"]
    versions = [ConsentVersion.objects.prefetch_related("texts").newest_of(name) for name in asked]
    return [version.words() for version in versions if version]
