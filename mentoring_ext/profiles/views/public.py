"""Profiles that mentors show to others: choosing what is shown, browsing, and one profile."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.http import PersonRequest
from lms.people.permissions import require
from lms.privacy.actions import give_consent, has_consent, withdraw_consent
from lms.privacy.models import ConsentVersion
from mentoring_ext.profiles import actions, showing
from mentoring_ext.profiles.choices import PublicField
from mentoring_ext.profiles.forms.public import BrowseForm, ContactForm, PublicForm
from mentoring_ext.profiles.models import MentorProfile, PublicProfile
from mentoring_ext.profiles.pages import chosen_filters, filters_of


@login_required
@require_http_methods(["GET", "POST"])
def own_public_profile(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.show_profile")
    mentor = get_object_or_404(MentorProfile.objects.entered(), user=request.user)
    kept = PublicProfile.objects.filter(mentor=mentor).first()
    shown = kept if has_consent(request.user, "public_profile") else None
    if "withdraw" in request.POST:
        withdraw_consent(request.user, "public_profile", at=timezone.now())
        messages.success(request, _("Your profile is not shown any more."))
        return redirect("mentoring_profiles:own_public_profile")
    chosen = {"shown": kept.shown, "for_everybody": kept.for_everybody, "agree": bool(shown)} if kept else None
    form = PublicForm(request.POST or None, initial=chosen or {"shown": PublicField.values})
    if request.method == "POST" and form.is_valid():
        return _show_profile(request, mentor, form)
    context = {"mentor": mentor, "kept": kept, "shown": shown, "form": form, "words": _consent_words()}
    return render(request, "profiles/own_public_profile.html", context, status=_status(request))


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _consent_words() -> object:
    version = ConsentVersion.objects.prefetch_related("texts").newest_of("public_profile")
    return version.words() if version else None


def _show_profile(request: PersonRequest, mentor: MentorProfile, form: PublicForm) -> HttpResponse:
    now, chosen = timezone.now(), form.cleaned_data
    give_consent(request.user, "public_profile", at=now)
    profile = actions.show_profile(
        mentor, actor=request.user, shown=chosen["shown"], for_everybody=chosen["for_everybody"], at=now
    )
    messages.success(request, _("This is how others see you now."))
    return redirect(profile)


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    form = BrowseForm(request.GET)
    profiles = PublicProfile.objects.visible_to(request.user)
    found = showing.search(profiles, form.cleaned_data) if form.is_valid() else profiles.none()
    context = {
        "form": form,
        "page": showing.page_of(found, request.GET.get("before")),
        "chosen": chosen_filters(form),
        "query": filters_of(request.GET, form),
    }
    return render(request, "profiles/public_list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def public_detail(request: HttpRequest, pk: int) -> HttpResponse:
    profile = get_object_or_404(PublicProfile.objects.visible_to(request.user).with_mentor(), pk=pk)
    return render(request, "profiles/public_detail.html", public_context(request, profile, ContactForm()))


def public_context(request: HttpRequest, profile: PublicProfile, form: ContactForm) -> dict[str, object]:
    """Return what the page of one public profile shows, with the form that asks for contact."""
    return {
        "profile": profile,
        "card": showing.card_of(profile),
        "form": form,
        "is_own": profile.mentor.user_id == request.user.pk,
        "asked": showing.request_between(profile, request.user),
    }
