"""Mail of this room, sent outside the request."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from lms.people.models import Invitation
from lms.people.tokens import token_of


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
