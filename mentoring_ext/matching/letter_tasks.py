"""Letters about new groups, sent outside the request."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from mentoring_ext.matching.models import Letter


@task()
def send_letter(letter_id: int) -> bool:
    """Send a letter that waits, once; what could not be sent stays visible as such. Return whether it was sent."""
    if not Letter.objects.filter(pk=letter_id, state=Letter.State.WAITING).update(state=Letter.State.SENDING):
        return False
    letter = Letter.objects.select_related("recipient", "run__published_by").get(pk=letter_id)
    try:
        _mail_of(letter).send()
    except (SMTPException, OSError, ValueError) as error:
        letter.state, letter.trouble = Letter.State.FAILED, f"{type(error).__name__}: {error}"[:300]
    else:
        letter.state, letter.sent_at, letter.trouble = Letter.State.SENT, timezone.now(), ""
    letter.save(update_fields=["state", "sent_at", "trouble"])
    return letter.state == Letter.State.SENT


def _mail_of(letter: Letter) -> EmailMultiAlternatives:
    subject = " ".join(letter.subject.split())
    # The letter says "answer me": the answer goes to the coordinator who published.
    writer = letter.run.published_by
    answer_to = [writer.email] if writer and writer.email else None
    mail = EmailMultiAlternatives(subject=subject, body=letter.body, to=[letter.recipient.email], reply_to=answer_to)
    context = {"body": letter.body, "subject": subject, "site_name": settings.WAGTAIL_SITE_NAME}
    with translation.override(letter.recipient.language):
        mail.attach_alternative(render_to_string("matching/mail/letter.html", context), "text/html")
    return mail
