"""Sending notices by mail, outside the request."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from lms.notices.models import Notice


@task()
def mail_notices(ids: list[int]) -> int:
    """Mail these notices, each once; return how many were sent. What was mailed before is left alone."""
    notices = Notice.objects.filter(pk__in=ids, mailed_at=None, recipient__is_active=True).select_related("recipient")
    for notice in notices:
        _mail(notice)
        notice.mailed_at = timezone.now()
        notice.save(update_fields=["mailed_at"])
    return len(notices)


def _mail(notice: Notice) -> None:
    context = {"notice": notice, "site_url": settings.SITE_URL, "site_name": settings.WAGTAIL_SITE_NAME}
    with translation.override(notice.recipient.language):
        mail = EmailMultiAlternatives(
            subject=notice.text,
            body=render_to_string("notices/mail/notice.txt", context),
            to=[notice.recipient.email],
        )
        mail.attach_alternative(render_to_string("notices/mail/notice.html", context), "text/html")
        mail.send()
