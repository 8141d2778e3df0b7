"""Certificates."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.people.models import User


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the person's own certificates."""
        return self.filter(user=user.pk)

    def readable_by_code(self, code: str) -> Self:
        """Keep the certificate with this code, which anybody who holds the code may check; case does not count."""
        return self.filter(code=code.upper()).exclude(name="")


class Certificate(models.Model):
    """Says that a person completed a course, or took part in an event.

    ``name`` and ``title`` are kept as they were on that day; ``note`` says more, such as day, place and hours.
    """

    class Kind(models.TextChoices):
        COURSE = "course", _("Completed a course")
        ATTENDANCE = "attendance", _("Took part in an event")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="certificates"
    )
    course = models.ForeignKey(
        "lms_courses.CoursePage", models.SET_NULL, null=True, blank=True, related_name="certificates"
    )
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("course or event"), max_length=255)
    kind = models.CharField(_("for"), max_length=20, choices=Kind, default=Kind.COURSE)
    note = models.CharField(_("note"), max_length=200, blank=True)
    issued_at = models.DateTimeField(_("issued"))
    code = models.CharField(_("check code"), max_length=14, unique=True)

    objects = CertificateQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                "user",
                "course",
                condition=models.Q(user__isnull=False, course__isnull=False),
                name="one_certificate_a_person_and_course",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("lms_recognition:certificate_detail", args=[self.code])
