"""Internal procedures: what must be settled before a cohort goes on, as templates and for each cohort."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel, OrderedModelManager, OrderedModelQuerySet

from lms.files.models import StoredFile
from lms.people.models import Department, Organisation
from mentoring_ext.programmes.models.cohort import Cohort
from mentoring_ext.programmes.models.programme import Phase, Programme

if TYPE_CHECKING:
    from lms.people.models import User


class Area(models.TextChoices):
    """Where a rule comes from."""

    LEGAL = "legal", _("Legal")
    PROCEDURAL = "procedural", _("Procedures of the organisation")
    DEPARTMENTAL = "departmental", _("Departments")


class Ticker(models.TextChoices):
    """Who settles an item."""

    COORDINATOR = "coordinator", _("Coordinator")
    MANAGER = "manager", _("Manager")
    EITHER = "either", _("Coordinator or manager")


class Gate(models.TextChoices):
    """The phase that a cohort enters only when the items before it are settled."""

    PREPARATION = Phase.Code.PREPARATION.value, _("Before the cohort is launched")
    MATCHING = Phase.Code.MATCHING.value, _("Before the matching")
    INTRODUCTION = Phase.Code.INTRODUCTION.value, _("Before mentoring starts")
    CLOSURE = Phase.Code.CLOSURE.value, _("Before the closure")


class Item(OrderedModel):
    """What a template's item and a cohort's item share.

    ``code`` is how a room names an item that it settles by itself, such as "selection_report"; empty for the others.
    """

    area = models.CharField(_("area"), max_length=20, choices=Area, default=Area.PROCEDURAL)
    code = models.SlugField(_("code"), blank=True, editable=False)
    text = models.CharField(_("what must be settled"), max_length=200)
    help = models.CharField(_("how, and where to ask"), max_length=500, blank=True)
    before = models.CharField(_("when"), max_length=20, choices=Gate, default=Gate.PREPARATION)
    ticked_by = models.CharField(_("who settles it"), max_length=20, choices=Ticker, default=Ticker.COORDINATOR)
    required = models.BooleanField(_("the cohort cannot go on without it"), default=True)
    needs_evidence = models.BooleanField(_("a file must prove it"), default=False)

    class Meta(OrderedModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text


class ChecklistTemplateQuerySet(models.QuerySet["ChecklistTemplate"]):
    """Reads of templates."""

    def visible_to(self, user: "User") -> Self:
        """Keep the shipped templates and those of the organisations whose procedures ``user`` keeps."""
        from mentoring_ext.programmes.permissions import checklists_kept_by

        return self.filter(models.Q(organisation=None) | checklists_kept_by(user))

    def with_counts(self) -> Self:
        """Add ``item_count``."""
        return self.annotate(
            item_count=models.Count("items"),
            required_count=models.Count("items", filter=models.Q(items__required=True)),
        )

    def for_cohort(self, cohort: Cohort) -> list["ChecklistTemplate"]:
        """Return the templates that a new cohort takes over.

        These are the organisation's own, or the shipped ones where it has none, and those of the cohort's department.
        """
        fitting = self.filter(programme=cohort.programme).prefetch_related("items")
        own = list(fitting.filter(organisation=cohort.organisation, department=None))
        shipped = [] if own else list(fitting.filter(organisation=None))
        department = list(fitting.filter(department=cohort.department)) if cohort.department_id else []
        return own + shipped + department


class ChecklistTemplate(models.Model):
    """A programme's checklist: shipped for everybody, or of one organisation or department."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="checklists", verbose_name=_("programme"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="checklists", verbose_name=_("organisation")
    )
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, blank=True, related_name="checklists", verbose_name=_("department")
    )
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("short introduction"), blank=True)

    objects = ChecklistTemplateQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["organisation__name", "name"]
        verbose_name = _("checklist template")
        verbose_name_plural = _("checklist templates")
        constraints = [
            models.UniqueConstraint(
                "programme", "organisation", "department", "name", name="checklist_once_in_department"
            ),
            models.UniqueConstraint(
                "programme",
                "organisation",
                "name",
                condition=models.Q(department=None),
                name="checklist_once_in_organisation",
            ),
            models.UniqueConstraint(
                "programme", "name", condition=models.Q(organisation=None), name="shipped_checklist_once"
            ),
            models.CheckConstraint(
                condition=models.Q(department=None) | models.Q(organisation__isnull=False),
                name="checklist_department_of_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mentoring_programmes:checklist_template", args=[self.pk])

    @property
    def is_shipped(self) -> bool:
        """Whether it came with Kyklos; nobody changes it, everybody may copy it."""
        return self.organisation_id is None


class TemplateItem(Item):
    """One line of a template."""

    template = models.ForeignKey(ChecklistTemplate, models.CASCADE, related_name="items")
    order_with_respect_to = "template"

    wagtail_reference_index_ignore = True

    class Meta(Item.Meta):
        pass


class ChecklistItemQuerySet(OrderedModelQuerySet["ChecklistItem"]):
    """Reads of a cohort's items."""

    def visible_to(self, user: "User") -> Self:
        """Keep the items of the cohorts whose checklist ``user`` sees."""
        from mentoring_ext.programmes.permissions import checklists_seen_by

        return self.filter(checklists_seen_by(user))

    def open(self) -> Self:
        """Keep what is neither settled nor found not to apply."""
        return self.filter(settled_at=None)

    def blocking(self, phase: Phase) -> Self:
        """Keep what must be settled before a cohort enters ``phase``, and is not."""
        reached = Phase.objects.filter(programme=phase.programme_id, order__lte=phase.order)
        return self.open().filter(required=True, before__in=reached.values("code"))


class ChecklistItem(Item):
    """One line of a cohort's checklist, as the template stood when the cohort was opened.

    It is settled by a tick, or by ``not_needed_because`` when it does not apply to this cohort.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="checklist")
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)
    not_needed_because = models.CharField(_("does not apply because"), max_length=300, blank=True)
    evidence = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    order_with_respect_to = "cohort"

    objects: ClassVar = OrderedModelManager.from_queryset(ChecklistItemQuerySet)()
    wagtail_reference_index_ignore = True

    class Meta(Item.Meta):
        verbose_name = _("item of a cohort's checklist")
        verbose_name_plural = _("items of cohorts' checklists")
        indexes = [models.Index(fields=["cohort", "settled_at"], name="checklist_open_items")]

    def get_absolute_url(self) -> str:
        return reverse("mentoring_programmes:checklist_item", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do."""
        return self.settled_at is not None


ITEM_FIELDS = ("area", "code", "text", "help", "before", "ticked_by", "required", "needs_evidence")
"""What a cohort's item takes over from its template's."""
