"""Mail of this room, sent outside the request."""

import logging
from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from lms.people.models import Invitation
from lms.people.tokens import token_of

logger = logging.getLogger(__name__)


@task()
def mail_invitation(invitation_id: int) -> bool:
    """Mail an invitation with its link; return whether it was sent. One that was mailed before is left alone."""
    return _mail_each([invitation_id]) == 1


@task()
def mail_invitations(ids: list[int]) -> int:
    """Mail these invitations, each once; return how many were sent. One that cannot be sent keeps no other."""
    return _mail_each(ids)


def _mail_each(ids: Sequence[int]) -> int:
    sent, waiting = 0, Invitation.objects.filter(pk__in=ids, mailed_at=None, accepted_at=None, user__is_active=True)
    for invitation in waiting.select_related("user", "invited_by"):
        own = Invitation.objects.filter(pk=invitation.pk)
        try:
            _mail(invitation)
        except (SMTPException, OSError):
            # A wrong address, or the server is away: who invited finds it in the list of open invitations.
            logger.exception("The invitation %s could not be mailed", invitation.pk)
            own.update(failed_at=timezone.now())
            continue
        sent += own.update(mailed_at=timezone.now(), failed_at=None)
    return sent


def _mail(invitation: Invitation) -> None:
    path = reverse("lms_people:invitation_accept", args=[token_of(invitation)])
    context = {
        "invitation": invitation,
        "link": settings.SITE_URL + path,
        "site_url": settings.SITE_URL,
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    with translation.override(invitation.user.language):
        mail = EmailMultiAlternatives(
            subject=_("Your invitation to %(site)s") % {"site": settings.WAGTAIL_SITE_NAME},
            body=render_to_string("people/mail/invitation.txt", context),
            to=[invitation.user.email],
        )
        mail.attach_alternative(render_to_string("people/mail/invitation.html", context), "text/html")
        mail.send()
