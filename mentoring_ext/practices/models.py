"""Good practices."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation
from mentoring_ext.groups.models import MentoringGroup


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
    title = models.CharField(_("title"), max_length=200)
    aspect = models.SlugField(_("aspect of mentoring"), blank=True)
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
    saved_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-published_at", "-saved_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentoring_practices:practice_detail", args=[self.pk])
