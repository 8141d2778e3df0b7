"""The journal's one table."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One deed: actor, verb, object, the context it happened in, and what else is worth keeping.

    ``verb`` is one of ``lms.journal.vocabulary.VERBS``; ``object_text`` names the object even after it is gone.
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="journal")
    verb = models.CharField(max_length=40)
    object_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    object = GenericForeignKey("object_type", "object_id")
    object_text = models.CharField(max_length=250)
    context_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    context_id = models.PositiveBigIntegerField(null=True)
    context = GenericForeignKey("context_type", "context_id")
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="journal_by_object"),
            models.Index(fields=["context_type", "context_id", "-at"], name="journal_by_context"),
            models.Index(fields=["actor", "-at"], name="journal_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.object_text}"
