"""Organisations and their departments."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel, OrderedModelManager, OrderedModelQuerySet

from lms.people.countries import country_name

if TYPE_CHECKING:
    from lms.people.models import User
    from lms.people.permissions import Person

DEEPEST = 6
"""How many levels of departments stand below each other at most."""


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads of organisations."""

    def managed_by(self, user: "Person") -> Self:
        """Keep the organisations that ``user`` manages as a whole."""
        return self.filter(memberships__user=user.pk, memberships__role="manager", memberships__department=None)

    def visible_to(self, user: "User") -> Self:
        """Keep all for an administrator, else those that ``user`` manages, as a whole or a department of them."""
        from lms.people.permissions import is_administrator

        if is_administrator(user):
            return self
        return self.filter(memberships__user=user.pk, memberships__role="manager").distinct()

    def with_numbers(self) -> Self:
        """Add ``department_count`` and ``people_count``."""
        from lms.people.models.user import User

        people = User.objects.filter(organisation=OuterRef("pk"), is_active=True)
        departments = Department.objects.filter(organisation=OuterRef("pk"))
        return self.annotate(department_count=_number_of(departments), people_count=_number_of(people))


def _number_of(rows: "models.QuerySet[Any]") -> Coalesce:
    counted = rows.order_by().values("organisation").annotate(number=models.Count("pk")).values("number")
    return Coalesce(models.Subquery(counted), 0)


class Organisation(models.Model):
    """A town, cultural organisation or adult-education partner that runs cohorts."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("short name in addresses"), unique=True)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, such as GR."))
    asks_terms = models.BooleanField(_("people agree to the terms when they accept an invitation"), default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("lms_people:organisation_detail", args=[self.pk])

    @property
    def country_name(self) -> str:
        """The country in words."""
        return country_name(self.country)


class DepartmentQuerySet(OrderedModelQuerySet["Department"]):
    """Reads of departments."""

    def visible_to(self, user: "User") -> Self:
        """Keep all for an administrator, else those that ``user`` manages, by name or by their place in the tree."""
        from lms.people.permissions import is_administrator

        if is_administrator(user):
            return self
        whole = Organisation.objects.managed_by(user).order_by().values("pk")
        parts = Department.objects.managed_by(user).order_by().values("pk")
        return self.filter(Q(organisation__in=whole) | Q(pk__in=parts))

    def managed_by(self, user: "Person") -> Self:
        """Keep the departments that ``user`` manages: those named, and everything below them."""
        named = _managed_departments(user).filter(path_asked__startswith=F("department__path"))
        return self.filter(Exists(named))

    def in_branch(self, department: "Department") -> Self:
        """Keep a department and everything below it."""
        return self.filter(path__startswith=department.path)

    def as_tree(self) -> "list[Department]":
        """Return the departments by organisation, each followed by those below it, with ``trail``: its names in full.

        One query. A department whose parent is not among them stands at the top.
        """
        found = list(self.select_related("organisation").order_by("organisation__name", "order", "pk"))
        keys, below = {one.pk for one in found}, defaultdict(list)
        for one in found:
            below[one.parent_id if one.parent_id in keys else None].append(one)
        return list(_walk(below, None, ""))


def _walk(below: "dict[int | None, list[Department]]", parent: int | None, trail: str) -> "Iterator[Department]":
    for one in below.get(parent, []):
        one.trail = f"{trail} › {one.name}" if trail else one.name
        yield one
        yield from _walk(below, one.pk, one.trail)


def _managed_departments(user: "Person") -> "models.QuerySet[Any]":
    from lms.people.models.role import OrganisationMembership

    held = OrganisationMembership.objects.filter(user=user.pk, role="manager", department__isnull=False)
    return held.annotate(path_asked=ExpressionWrapper(OuterRef("path"), output_field=models.CharField()))


class Department(OrderedModel):
    """A part of an organisation; parts may stand under other parts, in an order of their own.

    ``path`` names the department and all above it by their keys, from the top: what stands below a department begins
    with its path. So "this one and everything below" is one condition in one query, on every database.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="departments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=200)
    path = models.CharField(max_length=100, default="", editable=False, db_index=True)
    order_with_respect_to = ("organisation", "parent")

    if TYPE_CHECKING:  # what ``as_tree`` adds
        trail: str

    objects: ClassVar = OrderedModelManager.from_queryset(DepartmentQuerySet)()
    wagtail_reference_index_ignore = True

    class Meta(OrderedModel.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        constraints = [
            models.UniqueConstraint("organisation", "parent", Lower("name"), name="department_once_below_parent"),
            models.UniqueConstraint(
                "organisation", Lower("name"), condition=Q(parent=None), name="department_once_at_the_top"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        """Save, with the path that the place in the tree gives; ``actions.change_department`` moves what is below."""
        is_new = self.pk is None
        super().save(*args, **options)
        if is_new:
            self.path = self.path_below(self.parent)
            type(self).objects.filter(pk=self.pk).update(path=self.path)

    def get_absolute_url(self) -> str:
        return f"{self.organisation.get_absolute_url()}#department-{self.pk}"

    def path_below(self, parent: "Department | None") -> str:
        """Return the path that this department has below ``parent``, or at the top for None."""
        return f"{parent.path if parent else '/'}{self.pk}/"

    @property
    def level(self) -> int:
        """How many departments stand above this one and itself: 1 at the top."""
        return self.path.count("/") - 1

    def is_below(self, other: "Department") -> bool:
        """Return whether this is ``other`` or stands somewhere below it."""
        return self.path.startswith(other.path)
