"""Invitations of graduates to become mentors."""

from django.conf import settings
from django.db import models
from django.urls import reverse


class GraduateInvitation(models.Model):
    """An invitation to a mentee who completed the programme to become a mentor."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="graduate_invitation")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("mentoring_profiles:graduate_invitation")
