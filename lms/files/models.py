"""Private uploads."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_storage():  # type: ignore[no-untyped-def]
    return storages["private"]


def private_path(stored: "StoredFile", filename: str) -> str:
    return f"{stored.id.hex[:2]}/{stored.id.hex}"


class StoredFile(models.Model):
    """An upload under a name that says nothing; the room whose row points here decides who may have it.

    ``content_type`` is what the content is, not what the browser said; ``size`` is in bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(_("file"), storage=private_storage, upload_to=private_path)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="files")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name
