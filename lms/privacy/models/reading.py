"""Who opened whose confidential records."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

if TYPE_CHECKING:
    from lms.people.models import User


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Reads of the record of readings."""

    def visible_to(self, user: "User") -> Self:
        """Return what others opened about the person, newest first."""
        return self.filter(about=user).order_by("-last_at", "-pk")

    def of(self, thing: models.Model) -> Self:
        """Return the readings of one record."""
        return self.filter(
            thing_type=ContentType.objects.get_for_model(thing, for_concrete_model=False), thing_id=str(thing.pk)
        )

    def before(self, pk: str) -> Self:
        """Return those after which the one with this key stands in the list; all when there is none."""
        last = self.filter(pk=pk).first() if pk.isdecimal() else None
        if last is None:
            return self
        return self.filter(models.Q(last_at__lt=last.last_at) | models.Q(last_at=last.last_at, pk__lt=last.pk))


class Reading(models.Model):
    """Somebody opened a confidential record about another person; the same again soon after counts here too.

    ``about`` is None while the person has no account; the record (``thing``) then leads to them. ``what`` names the
    record in words. ``reader`` is None once the reader's account is erased.
    """

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="readings")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="readings_about")
    thing_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    thing_id = models.CharField(max_length=64)
    thing = GenericForeignKey("thing_type", "thing_id")
    what = models.CharField(max_length=200)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    objects = ReadingQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-last_at", "-pk"]
        indexes = [
            models.Index(fields=["about", "-last_at"], name="readings_about_a_person"),
            models.Index(fields=["thing_type", "thing_id", "reader"], name="readings_of_a_record"),
        ]

    def __str__(self) -> str:
        return f"{self.reader} → {self.about}: {self.what}"
