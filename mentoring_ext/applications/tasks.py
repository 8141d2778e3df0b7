"""Mail to applicants, sent outside the request."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mentoring_ext.applications.models import Application
from mentoring_ext.applications.tokens import confirm_token, status_token

SUBJECTS = {
    "confirm": _("Please confirm your application"),
    "again": _("Your application is with us already"),
}
"""What each mail is about, by the name of its template."""


@task()
def mail_applicant(application_id: int, template: str) -> bool:
    """Send one of the mails of ``SUBJECTS``; return whether the application is still there to be told of."""
    application = (
        Application.objects.select_related("call__cohort", "call__organisation", "user")
        .filter(pk=application_id)
        .first()
    )
    if application is None:
        return False
    with translation.override(application.user.language if application.user else settings.LANGUAGE_CODE):
        _mail(application, template)
    return True


def _mail(application: Application, template: str) -> None:
    name, token = ("confirm", confirm_token) if template == "confirm" else ("status", status_token)
    path = reverse(f"mentoring_applications:application_{name}", args=[token(application)])
    context = {
        "application": application,
        "link": settings.SITE_URL + path,
        "site_url": settings.SITE_URL,
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    mail = EmailMultiAlternatives(
        subject=str(SUBJECTS[template]),
        body=render_to_string(f"applications/mail/{template}.txt", context),
        to=[application.email],
    )
    html = render_to_string(f"applications/mail/{template}.html", context)
    mail.attach_alternative(html, "text/html")
    mail.send()
