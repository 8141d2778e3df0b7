"""Private uploads."""

import uuid
from typing import Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """Return the store that has no public address."""
    return storages["private"]


def private_path(stored: "StoredFile", filename: str) -> str:
    """Return where the content lies: a name that says nothing."""
    return f"{stored.id.hex[:2]}/{stored.id.hex}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Reads of private files."""

    def unused(self) -> Self:
        """Return the files that no row of any room points to."""
        files = self
        for relation in StoredFile._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel):
                rows = relation.related_model._base_manager.filter(**{relation.field.attname: models.OuterRef("pk")})
                files = files.filter(~models.Exists(rows))
        return files


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

    objects = StoredFileQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name
