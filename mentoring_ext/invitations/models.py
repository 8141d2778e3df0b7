"""Lists that were imported, and whom each brought in."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring_ext.programmes.models import Cohort

if TYPE_CHECKING:
    from lms.people.models import User


class PeopleImportQuerySet(models.QuerySet["PeopleImport"]):
    """Reads of imports."""

    def visible_to(self, user: "User") -> Self:
        """Keep the person's own imports."""
        return self.filter(made_by=user)

    def with_numbers(self) -> Self:
        """Add ``created_count`` and ``known_count``: new accounts, and people who had one."""
        new = models.Q(people__is_new=True)
        return self.annotate(
            created_count=models.Count("people__user", filter=new, distinct=True),
            known_count=models.Count("people__user", filter=~new, distinct=True),
        )


class PeopleImport(models.Model):
    """A list that was imported as a whole; ``made_by`` is None for the command."""

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="people_imports")
    made_at = models.DateTimeField(_("imported"))
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    rows = models.PositiveIntegerField(_("rows"))

    created_count: int
    known_count: int
    """Both added by ``with_numbers``."""

    objects = PeopleImportQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("imported list")
        verbose_name_plural = _("imported lists")

    def __str__(self) -> str:
        return self.file_name or f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_invitations:import_detail", args=[self.pk])


class ImportedPerson(models.Model):
    """One row of an imported list: who it is, what they became, and whether the account is new."""

    people_import = models.ForeignKey(PeopleImport, models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    row = models.PositiveIntegerField(_("row"))
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, related_name="+")
    role = models.CharField(_("role"), max_length=20)
    is_new = models.BooleanField(_("new account"))
    has_joined = models.BooleanField(_("new in this role"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint("people_import", "row", name="imported_row_once")]

    def __str__(self) -> str:
        return f"{self.row}: {self.user}"

    @property
    def was_elsewhere(self) -> bool:
        """Whether the person had an account, and was not in the cohort in this role."""
        return self.has_joined and not self.is_new
