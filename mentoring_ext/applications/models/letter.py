"""Letters to applicants, and the texts they are made from."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation
from mentoring_ext.applications.models.application import Application

if TYPE_CHECKING:
    from lms.people.models import User


class Purpose(models.TextChoices):
    """What a letter is for."""

    RECEIVED = "received", _("Application received")
    INVITATION = "invitation", _("Invitation to an interview")
    CONFIRMED = "confirmed", _("Interview confirmed")
    CHANGED = "changed", _("Interview changed")
    CANCELLED = "cancelled", _("Interview called off")
    WAITING = "waiting", _("Waiting list")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    MESSAGE = "message", _("Any other message")


class LetterTemplate(models.Model):
    """An organisation's own words for a purpose, with placeholders; without one the shipped text is used."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="letter_templates")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["organisation", "purpose"]
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        constraints = [models.UniqueConstraint("organisation", "purpose", name="letter_text_once_a_purpose")]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.get_purpose_display()}"


class LetterQuerySet(models.QuerySet["Letter"]):
    """Reads of letters."""

    def visible_to(self, user: "User") -> Self:
        """Keep the letters to the applicants of the calls that ``user`` decides on."""
        from mentoring_ext.applications.models.call import Call

        return self.filter(application__call__in=Call.objects.reviewed_by(user))

    def failed(self) -> Self:
        """Keep what could not be sent."""
        return self.filter(state=Letter.State.FAILED)


class Letter(models.Model):
    """A mail to an applicant as it was written.

    Placeholders of links stay as they are in ``body`` and are filled in while sending, so that nobody who reads the
    file can use them. ``calendar`` is the calendar file that went with it, sent with ``method``.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("On its way")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")

    application = models.ForeignKey(Application, models.CASCADE, related_name="letters")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    calendar = models.TextField(blank=True, editable=False)
    method = models.CharField(max_length=10, blank=True, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(_("why it was not sent"), max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return self.subject
