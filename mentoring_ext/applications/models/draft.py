"""Applications that are not sent yet."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.files.models import StoredFile
from mentoring_ext.applications.models.call import Call


class Draft(models.Model):
    """What somebody typed into a call's form so far; whoever has its link goes on with it, on any device.

    ``key`` is the key of the form, which the application takes over when it is sent. ``data`` maps the names of the
    form's fields to the lists of texts that a browser would send, wrong ones included. ``mailed_at`` is when the link
    was last mailed to ``email``.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail address"), blank=True)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("saved"))
    mailed_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-saved_at"]
        verbose_name = _("application that is not sent yet")
        verbose_name_plural = _("applications that are not sent yet")

    def __str__(self) -> str:
        return f"{self.call}: {self.saved_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        from mentoring_ext.applications.tokens import draft_token

        return reverse("mentoring_applications:draft_edit", args=[draft_token(self)])


class DraftFile(models.Model):
    """An upload of a draft, for the field of that name."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    field = models.SlugField()
    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("draft", "field", name="one_file_a_field_of_a_draft")]

    def __str__(self) -> str:
        return f"{self.field}: {self.file}"
