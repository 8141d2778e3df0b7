"""The selection report of a call, and the words an organisation keeps for it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation
from mentoring_ext.applications.models.call import Call

if TYPE_CHECKING:
    from lms.people.models import User


class SelectionGuide(models.Model):
    """How an organisation works and selects, in its own words; every selection report opens with it."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="selection_guide")
    introduction = models.TextField(_("how your organisation works"))
    guidelines = models.TextField(_("guidelines of the selection"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("guide of selection")
        verbose_name_plural = _("guides of selection")

    def __str__(self) -> str:
        return str(self.organisation)


class SelectionReportQuerySet(models.QuerySet["SelectionReport"]):
    """Reads of selection reports."""

    def closed(self) -> Self:
        """Keep the signed ones."""
        return self.filter(closed_at__isnull=False)

    def visible_to(self, user: "User") -> Self:
        """Keep the reports of the calls that ``user`` decides on or oversees."""
        from mentoring_ext.applications.permissions import calls_reported_to

        return self.filter(call__in=Call.objects.filter(calls_reported_to(user)))


class SelectionReport(models.Model):
    """What the selection of a call came to. ``content`` is the fixed copy, kept when the report is closed."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="selection_report")
    with_names = models.BooleanField(_("show names"), default=True)
    remarks = models.TextField(_("remarks"), blank=True)
    content = models.JSONField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    signature = models.CharField(_("signed by"), max_length=200, blank=True)

    objects = SelectionReportQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("selection report")
        verbose_name_plural = _("selection reports")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(content__isnull=False), name="closed_report_has_content"
            )
        ]

    def __str__(self) -> str:
        return str(self.call)

    def get_absolute_url(self) -> str:
        return reverse("mentoring_applications:selection_report", args=[self.call_id])
