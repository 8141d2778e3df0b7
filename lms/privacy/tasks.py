"""Mail of this room, sent outside the request."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from lms.privacy.models import Erasure
from lms.privacy.tokens import token_of


@task()
def mail_erasure(erasure_id: int) -> bool:
    """Mail a person that the account is going to be erased, with the link that stops it; return whether it was sent."""
    erasure = Erasure.objects.open().select_related("user").filter(pk=erasure_id).exclude(user__email="").first()
    if erasure is None:
        return False
    link = settings.SITE_URL + reverse("lms_privacy:erasure_stop", args=[token_of(erasure)])
    context = {"erasure": erasure, "link": link if erasure.is_own else "", "site_name": settings.WAGTAIL_SITE_NAME}
    with translation.override(erasure.user.language):
        subject = _("Your account will be erased")
        send_mail(subject, render_to_string("privacy/mail/erasure.txt", context), None, [erasure.user.email])
    return True
