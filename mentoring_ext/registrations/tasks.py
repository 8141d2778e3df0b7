"""Mail to people who registered and to partners, sent outside the request."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tasks import task

from mentoring_ext.registrations.letters import Letter, letter_for
from mentoring_ext.registrations.models import Partner, Registration
from mentoring_ext.registrations.tokens import confirm_token, own_token, partner_token


@task()
def mail_person(registration_id: int, purpose: str) -> bool:
    """Send one of the letters of ``letters.PURPOSES``; return whether there was an address to send it to."""
    near = ("opening__cohort__organisation", "user", "partner", "referred_by")
    registration = Registration.objects.select_related(*near).filter(pk=registration_id).exclude(email="").first()
    if registration is None:
        return False
    with translation.override(_language(registration)):
        name, token = ("confirm", confirm_token) if purpose == "confirm" else ("own", own_token)
        path = reverse(f"mentoring_registrations:registration_{name}", args=[token(registration)])
        _send(letter_for(registration, purpose), registration.email, settings.SITE_URL + path)
    return True


def _language(registration: Registration) -> str:
    known = dict(settings.LANGUAGES)
    return registration.language if registration.language in known else settings.LANGUAGE_CODE


@task()
def mail_partner(partner_id: int) -> bool:
    """Send a partner the link by which to refer people; return whether the partner is still there."""
    partner = Partner.objects.select_related("opening__cohort__organisation").filter(pk=partner_id).first()
    if partner is None:
        return False
    words = {"opening": partner.opening, "day": date_format(partner.opening.closes_on)}
    letter = Letter(
        subject=_("Refer people: %(opening)s") % words,
        greeting=_("Dear %(name)s,") % {"name": partner.contact},
        paragraphs=[
            _("you can refer people to “%(opening)s” until %(day)s. We ask each of them first.") % words,
            _("The link is yours. Please give it only to colleagues who refer people, too."),
        ],
        button=_("Refer somebody"),
        sender=str(partner.opening.cohort.organisation),
    )
    path = reverse("mentoring_registrations:refer", args=[partner_token(partner)])
    _send(letter, partner.email, settings.SITE_URL + path)
    return True


def _send(letter: Letter, address: str, link: str) -> None:
    context = {
        "letter": letter,
        "link": link,
        "site_url": settings.SITE_URL,
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    mail = EmailMultiAlternatives(
        subject=letter.subject, body=render_to_string("registrations/mail/letter.txt", context), to=[address]
    )
    mail.attach_alternative(render_to_string("registrations/mail/letter.html", context), "text/html")
    mail.send()
