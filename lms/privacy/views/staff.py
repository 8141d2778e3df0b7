"""The pages of those who look after privacy: texts, periods, erasures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from lms.people.models import User
from lms.people.permissions import require
from lms.privacy import actions
from lms.privacy.forms import ConsentTextForm, EraseForm, PeriodForm
from lms.privacy.models import ConsentVersion, Erasure


@login_required
def text_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_privacy.publish_consents")
    versions = ConsentVersion.objects.newest().with_consents().prefetch_related("texts")
    labels = {name: purpose.label for name, purpose in actions.purposes().items()}
    rows = [(version, labels.get(version.name, version.name), version.words()) for version in versions]
    return render(request, "privacy/text_list.html", {"rows": rows})


@login_required
def text_publish(request: PersonRequest, name: str) -> HttpResponse:
    require(request.user, "lms_privacy.publish_consents")
    version = ConsentVersion.objects.newest_of(name)
    if version is None or name not in actions.purposes():
        raise Http404
    words = version.words()
    form = ConsentTextForm(posted(request), initial={"title": words.title, "text": words.text})
    if form.is_valid():
        with shown_in(form):
            others = {text.language: actions.Words(text.title, text.text) for text in version.texts.all()}
            new = actions.publish_consent(
                name,
                actor=request.user,
                words=others | {get_language() or words.language: form.words},
                at=timezone.now(),
                renew_by=form.renew_until,
            )
            messages.success(request, _("The new text counts from now on."))
            return redirect(new)
    history = ConsentVersion.objects.filter(name=name).prefetch_related("texts").select_related("published_by")
    context = {"form": form, "version": version, "words": words, "history": history}
    return render(request, "privacy/text_publish.html", context, status=422 if form.is_bound else 200)


@login_required
def period_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_privacy.set_periods")
    return render(request, "privacy/period_list.html", {"rules": actions.retention_rules(timezone.now())})


@login_required
def period_edit(request: PersonRequest, name: str) -> HttpResponse:
    require(request.user, "lms_privacy.set_periods")
    shown = next((one for one in actions.retention_rules(timezone.now()) if one.rule.name == name), None)
    if shown is None:
        raise Http404
    form = PeriodForm(posted(request), initial={"days": shown.days}, fewest=shown.rule.fewest)
    if form.is_valid():
        with shown_in(form):
            actions.set_period(shown.rule, actor=request.user, days=form.cleaned_data["days"], at=timezone.now())
            messages.success(request, _("The period is saved. It counts from the next night on."))
            return redirect("lms_privacy:period_list")
    return render(
        request, "privacy/period_edit.html", {"form": form, "shown": shown}, status=422 if form.is_bound else 200
    )


@login_required
def erasure_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_privacy.erase_others")
    erasures = Erasure.objects.visible_to(request.user).select_related("user", "asked_by")
    return render(
        request, "privacy/erasure_list.html", {"waiting": erasures.open(), "past": erasures.exclude(done_at=None)[:50]}
    )


@login_required
def erase_other(request: PersonRequest, pk: int) -> HttpResponse:
    require(request.user, "lms_privacy.erase_others")
    person = get_object_or_404(User, pk=pk, is_active=True)
    form = EraseForm(posted(request), username=person.username, own=False)
    if form.is_valid():
        with shown_in(form):
            actions.ask_erasure(person, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The account will be erased. The person is told by mail."))
            return redirect("lms_privacy:erasure_list")
    context = {"form": form, "person": person, "duties": actions.duties_of(person)}
    return render(request, "privacy/erase_other.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def erasure_stop_other(request: PersonRequest, pk: int) -> HttpResponse:
    require(request.user, "lms_privacy.erase_others")
    erasure = get_object_or_404(Erasure.objects.visible_to(request.user), pk=pk)
    try:
        actions.stop_erasure(erasure, actor=request.user, at=timezone.now())
        messages.success(request, _("The account stays."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("lms_privacy:erasure_list")
