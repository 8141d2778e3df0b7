"""Registering, going on with it, and referring somebody."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms.errors import DomainError, add_to_form
from lms.files.forms import keep_uploads
from lms.http import PersonRequest, posted
from lms.people.models import User
from lms.people.permissions import require
from lms.questionnaires.actions import answers_of
from lms.questionnaires.forms import QuestionnaireForm
from lms.questionnaires.models import Response, Version
from lms.robots import RobotGuard, may_try, slow_down
from mentoring_ext.registrations import actions
from mentoring_ext.registrations.actions.registering import COLUMNS
from mentoring_ext.registrations.actions.states import places_left
from mentoring_ext.registrations.eligibility import unmet_rules
from mentoring_ext.registrations.forms import AskForm, ReferForm
from mentoring_ext.registrations.models import Opening, Registration, State
from mentoring_ext.registrations.tokens import own_token, partner_of, registration_of


def opening_list(request: HttpRequest) -> HttpResponse:
    openings = (
        Opening.objects.public()
        .open_on(timezone.localdate())
        .select_related("cohort__organisation", "cohort__programme")
    )
    return render(request, "registrations/opening_list.html", {"openings": openings})


def opening_detail(request: HttpRequest, pk: int) -> HttpResponse:
    opening = _opening(request, pk)
    context = {
        "opening": opening,
        "is_open": opening.is_open(timezone.localdate()),
        "may_run": request.user.has_perm("mentoring_registrations.run_opening", opening),
        "may_refer": request.user.has_perm("mentoring_registrations.refer_to", opening),
        "may_register": opening.is_public,
        "is_full": not places_left(opening),
    }
    return render(request, "registrations/opening_detail.html", context)


def _opening(request: HttpRequest, pk: int) -> Opening:
    openings = Opening.objects.visible_to(request.user)
    return get_object_or_404(openings.select_related("cohort__organisation", "version__questionnaire"), pk=pk)


@dataclass
class Asking:
    """What stands on the page: the composed form, its guard, and where conditions are not met, a question to us."""

    opening: Opening
    form: QuestionnaireForm
    guard: RobotGuard
    ask: AskForm | None = None
    unmet: list[str] | None = None
    registration: Registration | None = None

    @property
    def registrant(self) -> actions.Registrant:
        """Who registers, with what was typed."""
        columns = {name: value for name, value in self.form.typed_fields().items() if name in COLUMNS}
        question = self.ask.cleaned_data["question"] if self.ask and self.ask.is_valid() else ""
        return actions.Registrant(columns=columns, answers=self.form.typed_answers(), question=question)


@never_cache
def registration_new(request: HttpRequest, pk: int) -> HttpResponse:
    opening = get_object_or_404(Opening.objects.public().select_related("version__questionnaire", "cohort"), pk=pk)
    if not opening.is_open(timezone.localdate()):
        return redirect(opening)
    return _register(request, opening, None)


@never_cache
def registration_edit(request: HttpRequest, token: str) -> HttpResponse:
    registration = registration_of(token)
    if registration is None:
        return render(request, "registrations/link_broken.html", status=404)
    if registration.state not in {State.STARTED, State.REFERRED}:
        return redirect("mentoring_registrations:registration_own", token)
    return _register(request, registration.opening, registration)


def _register(request: HttpRequest, opening: Opening, registration: Registration | None) -> HttpResponse:
    if request.method == "POST" and not may_try(request, "apply"):
        return slow_down(request)
    asking = _asking(request, opening, registration)
    if request.method == "POST" and (done := _take(request, asking)):
        return done
    if asking.form.is_bound:
        keep_uploads(asking.form, actor=None)
    status = 422 if asking.form.is_bound else 200
    return render(
        request, "registrations/registration_edit.html", {"asking": asking, "form": asking.form}, status=status
    )


def _asking(request: HttpRequest, opening: Opening, registration: Registration | None) -> Asking:
    data, at = posted(request), timezone.now()
    version = Version.objects.with_questions().get(pk=opening.version_id)
    files = request.FILES if data is not None else None
    draft = data is not None and "later" in data
    form = QuestionnaireForm(version, data, files, answers=_known(request, registration), draft=draft)
    return Asking(opening, form, RobotGuard(data, at=at), registration=registration)


def _known(request: HttpRequest, registration: Registration | None) -> dict[str, Any]:
    """Return what is written already; of somebody signed in, the name."""
    if registration is None:
        user = request.user
        names = ("first_name", "last_name", "email") if isinstance(user, User) else ()
        return {name: getattr(user, name) for name in names}
    response = Response.objects.about(registration).first()
    return {**{name: getattr(registration, name) for name in COLUMNS}, **(answers_of(response) if response else {})}


def _take(request: HttpRequest, asking: Asking) -> HttpResponse | None:
    """Keep or send what was typed, and lead on; None when the page has to be shown again."""
    form, at = asking.form, timezone.now()
    if not form.is_valid() or not asking.guard.lets_in(form):
        return None
    user = request.user if isinstance(request.user, User) else None
    if "later" not in request.POST and not _may_send(request, asking):
        return None
    deed = actions.keep_draft if "later" in request.POST else actions.send_registration
    who = actions.Registrant(asking.registrant.columns, asking.registrant.answers, user, asking.registrant.question)
    try:
        registration = deed(
            asking.opening,
            registrant=who,
            registration=asking.registration,
            form_key=asking.guard.form_key,
            at=at,
            today=timezone.localdate(),
        )
    except DomainError as error:
        add_to_form(form, error)
        return None
    return redirect("mentoring_registrations:registration_own", own_token(registration))


def _may_send(request: HttpRequest, asking: Asking) -> bool:
    """Tell which conditions are not met, and send on only with a question to the coordinator."""
    asking.unmet = unmet_rules(asking.opening.rules.all(), asking.form.typed_answers())
    if not asking.unmet:
        return True
    asking.ask = AskForm(request.POST if "question" in request.POST else None)
    return asking.ask.is_valid()


def refer(request: HttpRequest, token: str) -> HttpResponse:
    partner = partner_of(token)
    if partner is None:
        return render(request, "registrations/link_broken.html", status=404)
    if request.method == "POST" and not may_try(request, "apply"):
        return slow_down(request)
    return _refer(request, partner.opening, partner=partner)


@login_required
def refer_as_staff(request: PersonRequest, pk: int) -> HttpResponse:
    opening = get_object_or_404(Opening.objects.select_related("cohort__organisation"), pk=pk)
    require(request.user, "mentoring_registrations.refer_to", opening)
    return _refer(request, opening, actor=request.user)


def _refer(request: HttpRequest, opening: Opening, **by: Any) -> HttpResponse:
    form = ReferForm(posted(request))
    if form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "email", "note")}
        try:
            made = actions.refer_person(opening, at=timezone.now(), today=timezone.localdate(), **typed, **by)
        except DomainError as error:
            add_to_form(form, error)
        else:
            if not made.email:
                return render(request, "registrations/refer_letter.html", _letter(request, made))
            messages.success(request, _("%(name)s gets a mail now, and decides.") % {"name": made})
            return redirect(request.path)
    sent = opening.registrations.filter(**{{"actor": "referred_by"}.get(name, name): who for name, who in by.items()})
    is_open = opening.is_open(timezone.localdate())
    context = {"opening": opening, "form": form, "sent": sent.order_by("-since"), "is_open": is_open, "by": by}
    return render(request, "registrations/refer.html", context, status=422 if form.errors else 200)


def _letter(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    return {"registration": registration, "address": request.build_absolute_uri("/registrations/return/")}
