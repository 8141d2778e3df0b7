"""Mailing people the links to what they began or sent, outside the request."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from mentoring_ext.applications.models import Application, Draft, Stage
from mentoring_ext.applications.tokens import confirm_token, status_token


@task()
def mail_draft(draft_id: int) -> bool:
    """Mail the link that goes on with a draft; return whether there is still somebody to mail it to."""
    draft = Draft.objects.select_related("call__organisation").filter(pk=draft_id).exclude(email="").first()
    if draft is None:
        return False
    context = {"call": draft.call, "link": settings.SITE_URL + draft.get_absolute_url()}
    _send("draft", _("Go on with your application"), draft.email, context)
    return True


@task()
def mail_links(email: str) -> int:
    """Mail somebody the links to everything begun or sent with this address; return how many there are."""
    sent = Application.objects.kept().filter(email__iexact=email).select_related("call__organisation")
    begun = Draft.objects.filter(email__iexact=email).select_related("call__organisation")
    links = [_row(application.call, *_link_to(application)) for application in sent]
    links += [_row(draft.call, _("Go on writing"), draft.get_absolute_url()) for draft in begun]
    if links:
        _send("links", _("The links to your applications"), email, {"links": links})
    return len(links)


def _link_to(application: Application) -> tuple[str, str]:
    if application.stage == Stage.UNCONFIRMED:
        path = reverse("mentoring_applications:application_confirm", args=[confirm_token(application)])
        return _("Confirm my application"), path
    path = reverse("mentoring_applications:application_status", args=[status_token(application)])
    return _("See my application"), path


def _row(call: Any, label: str, path: str) -> dict[str, Any]:
    return {"call": call, "label": label, "address": settings.SITE_URL + path}


def _send(template: str, subject: str, email: str, context: dict[str, Any]) -> None:
    context |= {"site_url": settings.SITE_URL, "site_name": settings.WAGTAIL_SITE_NAME}
    body = render_to_string(f"applications/mail/{template}.txt", context)
    mail = EmailMultiAlternatives(subject=subject, body=body, to=[email])
    mail.attach_alternative(render_to_string(f"applications/mail/{template}.html", context), "text/html")
    mail.send()
