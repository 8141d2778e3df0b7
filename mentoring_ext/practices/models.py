"""Good practices."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation
from mentoring_ext.evaluation.models import Aspect
from mentoring_ext.groups.models import MentoringGroup

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.people.models import User


class PracticeQuerySet(models.QuerySet["Practice"]):
    """Reads of practices."""

    def published(self) -> Self:
        """Return what stands in the gallery, the newest first."""
        return self.filter(state=Practice.State.PUBLISHED).order_by("-published_at")

    def about(self, aspect: str) -> Self:
        """Keep what is about this aspect; everything for an empty or unknown one."""
        return self.filter(aspect=aspect) if aspect in Aspect.values else self

    def before(self, pk: str) -> Self:
        """Keep what was published before the practice with this key; everything when there is none such."""
        last = self.model.objects.filter(pk=pk).first() if pk.isdigit() else None
        return self.filter(published_at__lt=last.published_at) if last and last.published_at else self

    def submitted(self) -> Self:
        """Return what waits for a manager, the longest waiting first."""
        return self.filter(state=Practice.State.SUBMITTED).order_by("submitted_at")

    def written_by(self, user: "User") -> Self:
        """Return what ``user`` is an author of."""
        return self.filter(authors=user)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Return the gallery, one's own, and what waits for the organisation of which ``user`` is a manager."""
        from mentoring_ext.practices.permissions import practices_seen_by

        return self.filter(practices_seen_by(user)).distinct()

    def with_authors(self) -> Self:
        """Add organisation and authors, in one query more."""
        return self.select_related("organisation").prefetch_related("authors")


class Practice(models.Model):
    """A good practice in the guided fields of the template, from a draft to the public gallery."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for the manager")
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Returned with a remark")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="practices")
    group = models.ForeignKey(MentoringGroup, models.SET_NULL, null=True, blank=True, related_name="practices")
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="practices", verbose_name=_("authors"))
    names_shown = models.BooleanField(_("names shown"), default=False)
    title = models.CharField(_("title"), max_length=200)
    aspect = models.SlugField(_("what it is about"), blank=True, choices=Aspect)
    context = models.TextField(_("context"), blank=True)
    problem = models.TextField(_("problem"), blank=True)
    done = models.TextField(_("what you did"), blank=True)
    result = models.TextField(_("result"), blank=True)
    evidence = models.TextField(_("how you know"), blank=True)
    conditions = models.TextField(_("what it needs"), blank=True)
    cost = models.TextField(_("cost"), blank=True)
    transfer = models.TextField(_("how others can use it"), blank=True)
    licence = models.CharField(_("licence"), max_length=20, default="CC-BY-4.0")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    remark = models.TextField(_("the manager's remark"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PracticeQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-published_at", "-saved_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="published_practice_has_a_time",
            )
        ]
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentoring_practices:practice_detail", args=[self.pk])

    @property
    def attribution(self) -> str:
        """Who is named as the author where the practice is used again: people who agreed, else the organisation."""
        names = [str(author) for author in self.authors.all()] if self.names_shown else []
        return ", ".join([*names, str(self.organisation)])

    @property
    def chip(self) -> str:
        """The kind of chip that shows the state."""
        kinds = {self.State.SUBMITTED: "soon", self.State.PUBLISHED: "done", self.State.RETURNED: "late"}
        return kinds.get(self.State(self.state), "info")

    @property
    def is_open(self) -> bool:
        """Whether its authors may still change it."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}
