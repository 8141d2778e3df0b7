"""Letters to applicants, sent outside the request."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from lms.people.actions import invitation_path
from mentoring_ext.applications.letter_texts import fill
from mentoring_ext.applications.models import Application, Letter
from mentoring_ext.applications.tokens import status_token


@task()
def send_letter(letter_id: int) -> bool:
    """Send a letter that waits, once; what could not be sent stays visible as such. Return whether it was sent."""
    if not Letter.objects.filter(pk=letter_id, state=Letter.State.WAITING).update(state=Letter.State.SENDING):
        return False
    letter = Letter.objects.select_related("application__user", "application__call__organisation").get(pk=letter_id)
    try:
        _mail_of(letter).send()
    except (SMTPException, OSError, ValueError) as error:
        letter.state, letter.trouble = Letter.State.FAILED, f"{type(error).__name__}: {error}"[:300]
    else:
        letter.state, letter.sent_at, letter.trouble = Letter.State.SENT, timezone.now(), ""
    letter.save(update_fields=["state", "sent_at", "trouble"])
    return letter.state == Letter.State.SENT


@task()
def send_test_letter(address: str, subject: str, body: str) -> None:
    """Send a text to the person who writes it, as applicants would get it."""
    _mail(address, _("Test: %(subject)s") % {"subject": subject}, body).send()


def _mail_of(letter: Letter) -> EmailMultiAlternatives:
    application = letter.application
    with translation.override(language_of(application)):
        body = fill(letter.body, {"link": own_page(application), "account": _account(application)})
    mail = _mail(application.email, letter.subject, body)
    if letter.calendar:
        kind = f"text/calendar; method={letter.method}"
        mail.attach_alternative(letter.calendar, kind)
        mail.attach("interview.ics", letter.calendar, kind)
    return mail


def _mail(address: str, subject: str, body: str) -> EmailMultiAlternatives:
    context = {"body": body, "subject": subject, "site_name": settings.WAGTAIL_SITE_NAME}
    mail = EmailMultiAlternatives(subject=" ".join(subject.split()), body=body, to=[address])
    mail.attach_alternative(render_to_string("applications/mail/letter.html", context), "text/html")
    return mail


def language_of(application: Application) -> str:
    """Return the language in which the applicant is written to."""
    return application.user.language if application.user else settings.LANGUAGE_CODE


def own_page(application: Application) -> str:
    """Return the whole address of the applicant's own page."""
    path = reverse("mentoring_applications:application_status", args=[status_token(application)])
    return str(settings.SITE_URL + path)


def _account(application: Application) -> str:
    user = application.user
    path = invitation_path(user) if user else None
    if user and path:
        words = _(
            "You have an account now. Your user name is %(name)s. Open this link, choose your password, and start:"
        )
        return f"{words % {'name': user.username}}\n{settings.SITE_URL}{path}"
    return f"{_('Sign in and start:')}\n{settings.SITE_URL}{reverse('account_login')}"
