"""The pages about one's own privacy."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from lms.jobs.models import Job
from lms.privacy import actions
from lms.privacy.forms import EraseForm
from lms.privacy.models import Consent, ConsentVersion, Erasure, Reading
from lms.privacy.overview import consents_of
from lms.privacy.tokens import erasure_of

PAGE = 30


@login_required
def privacy_home(request: PersonRequest) -> HttpResponse:
    may = request.user.has_perm
    staff = {name: may(f"lms_privacy.{name}") for name in ("publish_consents", "set_periods", "erase_others")}
    return render(request, "privacy/privacy_home.html", {"staff": staff, "is_staff": any(staff.values())})


@login_required
def consent_list(request: PersonRequest) -> HttpResponse:
    context = {
        "consents": consents_of(request.user, timezone.now()),
        "past": Consent.objects.visible_to(request.user).ended().with_texts(),
    }
    return render(request, "privacy/consent_list.html", context)


def consent_version(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(ConsentVersion.objects.prefetch_related("texts"), pk=pk)
    newest = ConsentVersion.objects.newest_of(version.name)
    shown = consents_of(request.user, timezone.now(), name=version.name) if request.user.is_authenticated else []
    context = {"version": version, "words": version.words(), "newest": newest, "mine": next(iter(shown), None)}
    return render(request, "privacy/consent_version.html", context)


@login_required
@require_POST
def consent_give(request: PersonRequest, name: str) -> HttpResponse:
    offered = {shown.purpose.name for shown in consents_of(request.user, timezone.now())}
    if name not in offered:
        raise Http404
    actions.give_consent(request.user, name, at=timezone.now(), way=Consent.Way.PAGE)
    messages.success(request, _("Thank you. We have noted that you agree."))
    return redirect("lms_privacy:consent_list")


@login_required
@require_POST
def consent_withdraw(request: PersonRequest, name: str) -> HttpResponse:
    if name not in actions.purposes():
        raise Http404
    try:
        if actions.withdraw_consent(request.user, name, at=timezone.now()):
            messages.success(request, _("You have taken your consent back. It counts from now on."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("lms_privacy:consent_list")


@login_required
def own_data(request: PersonRequest) -> HttpResponse:
    status = 200
    if request.method == "POST":
        try:
            return redirect(actions.ask_own_data(request.user, at=timezone.now()))
        except DomainError as error:
            messages.error(request, str(error.text))
            status = 409
    made = Job.objects.visible_to(request.user).filter(kind=actions.OWN_DATA).select_related("result_file")
    return render(request, "privacy/own_data_page.html", {"made": made[:5]}, status=status)


@login_required
def reading_list(request: PersonRequest) -> HttpResponse:
    older_than = request.GET.get("before", "")
    found = Reading.objects.visible_to(request.user).before(older_than).select_related("reader")
    rows = list(found[: PAGE + 1])
    older = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return render(
        request, "privacy/reading_list.html", {"readings": rows[:PAGE], "older": older, "newest": not older_than}
    )


@login_required
@never_cache
@reauthentication_required(allow_get=True)
def erasure_ask(request: PersonRequest) -> HttpResponse:
    user = request.user
    form = EraseForm(posted(request), username=user.username, own=True)
    if form.is_valid():
        with shown_in(form):
            actions.ask_erasure(user, actor=user, username=form.cleaned_data["username"], at=timezone.now())
            messages.success(request, _("Your account will be erased. Until then you can keep it."))
            return redirect("lms_privacy:erasure_ask")
    waiting = Erasure.objects.open().filter(user=user).first()
    context = {"form": form, "waiting": waiting, "duties": actions.duties_of(user)}
    return render(request, "privacy/erasure_ask.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def erasure_stop_own(request: PersonRequest) -> HttpResponse:
    erasure = get_object_or_404(Erasure.objects.open(), user=request.user, asked_by=request.user)
    actions.stop_erasure(erasure, actor=request.user, at=timezone.now())
    messages.success(request, _("Your account stays. Nothing was erased."))
    return redirect("lms_privacy:privacy_home")


@never_cache
def erasure_stop(request: HttpRequest, token: str) -> HttpResponse:
    erasure = erasure_of(token)
    if erasure is None:
        return render(request, "privacy/erasure_link_closed.html", status=404)
    if request.method == "POST":
        actions.stop_erasure(erasure, actor=erasure.user, at=timezone.now())
        messages.success(request, _("Your account stays. Nothing was erased."))
        return redirect("lms_agenda:home")
    return render(request, "privacy/erasure_stop.html", {"erasure": erasure})
