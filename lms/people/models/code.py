"""Codes on paper: the way in for people without an e-mail address, and for those who are helped by a coordinator."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_TRIES = 10
"""So many wrong codes for a person make the right one void."""


class OneTimeCodeQuerySet(models.QuerySet["OneTimeCode"]):
    """Reads of codes."""

    def open_at(self, at: datetime) -> Self:
        """Keep the codes that work at that time."""
        return self.filter(used_at=None, expires_at__gt=at, tries__lt=MOST_TRIES)


class OneTimeCode(models.Model):
    """A short code that somebody was handed; it leads once to choosing a password.

    A person has one at most: a new code makes the one before void. Only ``digest`` is stored, never the code.
    ``tries`` counts wrong codes that were entered for the person; ``reason`` says what it was made for.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="one_time_code")
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("made for"), max_length=250)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = OneTimeCodeQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")

    def __str__(self) -> str:
        return str(self.user)
