"""Training modules, lessons and the notes that learners write in them."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager

from lms.courses.models import ActivityPage, CoursePage
from oer.lessons.blocks import LessonBlocks
from oer.lessons.fields import BodyField
from oer.library.models import CataloguePage, Competence, ResourceMixin

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.people.models import User


class TrainingModulePage(ResourceMixin, CoursePage):
    """A course that is an open resource: everybody may read it, use it again and change it as its licence says."""

    template = "lessons/module_page.html"
    parent_page_types = [CataloguePage]
    content_panels = [*CoursePage.content_panels, ResourceMixin.resource_panel]

    if TYPE_CHECKING:
        objects: PageManager  # Wagtail has no types

    class Meta:
        verbose_name = _("training module")
        verbose_name_plural = _("training modules")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        chosen = [competence.pk for competence in self.competences.all()]
        competences = Competence.objects.filter(pk__in=chosen).select_related("framework")
        return super().get_context(request, *args, **kwargs) | {"competences": competences}


class LessonPage(ResourceMixin, ActivityPage):
    """A lesson built of blocks; it is completed when the learner says so."""

    body = BodyField(LessonBlocks(), blank=True, verbose_name=_("content"))

    is_creatable = True
    template = "lessons/lesson_page.html"
    content_panels = [*ActivityPage.content_panels, FieldPanel("body"), ResourceMixin.resource_panel]

    if TYPE_CHECKING:
        objects: PageManager  # Wagtail has no types

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from oer.lessons.reflections import parts_of

        parts = parts_of(self, request.user, kwargs.pop("bound", None))
        return super().get_context(request, *args, **kwargs) | {"parts": parts}


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    """Private notes."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the person's own notes; nobody else ever reads them."""
        return self.filter(user=user.pk)


class Reflection(models.Model):
    """A learner's private note on one question of a lesson; ``block`` is the id of the question's block."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reflections")
    lesson = models.ForeignKey(LessonPage, models.PROTECT, related_name="reflections")
    block = models.UUIDField(editable=False)
    question = models.TextField(_("question"))
    text = models.TextField(_("note"))
    saved_at = models.DateTimeField(_("saved"))

    objects = ReflectionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-saved_at"]
        verbose_name = _("reflection")
        verbose_name_plural = _("reflections")
        constraints = [models.UniqueConstraint("user", "lesson", "block", name="one_reflection_a_person_and_question")]

    def __str__(self) -> str:
        return self.question


class Shipped(models.Model):
    """A page that was loaded from the shipped content; ``fingerprint`` tells whether its file has changed since."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="shipped")
    file = models.CharField(max_length=200, unique=True)
    fingerprint = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["file"]
        verbose_name_plural = "shipped pages"

    def __str__(self) -> str:
        return self.file
