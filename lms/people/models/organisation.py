"""Organisations and their departments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """A town, cultural organisation or adult-education partner that runs cohorts."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("short name in addresses"), unique=True)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, such as GR."))

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A part of an organisation; parts may stand under other parts."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="departments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=200)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        constraints = [models.UniqueConstraint("organisation", "name", name="department_once_in_organisation")]

    def __str__(self) -> str:
        return self.name
