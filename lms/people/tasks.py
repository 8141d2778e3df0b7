"""Mail of this room, sent outside the request."""

import logging
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
    invitation = (
        Invitation.objects.select_related("user", "invited_by")
        .filter(pk=invitation_id, mailed_at=None, accepted_at=None, user__is_active=True)
        .first()
    )
    if invitation is None:
        return False
    _mail(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())
    return True


@task()
def mail_invitations(ids: list[int]) -> int:
    """Mail these invitations, each once; return how many were sent. One that cannot be sent keeps no other."""
    sent = 0
    for invitation in Invitation.objects.select_related("user", "invited_by").filter(
        pk__in=ids, mailed_at=None, accepted_at=None
    ):
        try:
            _mail(invitation)
        except (SMTPException, OSError):
            # A wrong address, or the server is away: the list of who was not mailed stays in the table.
            logger.exception("The invitation %s could not be mailed", invitation.pk)
            continue
        sent += Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())
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
