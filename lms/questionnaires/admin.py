"""Questionnaires in the administrator's own pages; a published version is only read."""

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ordered_model.admin import OrderedInlineModelAdminMixin, OrderedStackedInline, OrderedTabularInline

from lms.errors import DomainError
from lms.people.models import User
from lms.questionnaires import actions
from lms.questionnaires.models import Question, Questionnaire, Section, Version


class ReadOncePublished:
    """Let nobody change a version, its sections or its questions once people may answer it."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return not _is_published(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return not _is_published(obj)


class SectionInline(ReadOncePublished, OrderedTabularInline):
    model = Section
    fields = ("title", "text", "move_up_down_links")
    readonly_fields = ("move_up_down_links",)
    ordering = ("order",)
    extra = 0
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return not _is_published(obj)


class QuestionInline(ReadOncePublished, OrderedStackedInline):
    model = Question
    fields = (("code", "kind", "required"), "text", "help", "options", ("aspect", "competence"), "move_up_down_links")
    readonly_fields = ("move_up_down_links",)
    ordering = ("order",)
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return not _is_published(obj)


@admin.register(Questionnaire)
class QuestionnaireAdmin(admin.ModelAdmin[Questionnaire]):
    list_display = ("title", "slug", "organisation")
    prepopulated_fields = {"slug": ("title",)}
    actions = ("start_versions", "publish_versions")

    @admin.action(description=_("Begin a new version, as a copy of the newest"))
    def start_versions(self, request: HttpRequest, queryset: QuerySet[Questionnaire]) -> None:
        for questionnaire in queryset:
            version = actions.start_version(questionnaire, actor=_actor(request))
            messages.success(request, _("“%(version)s” can be composed now.") % {"version": version})

    @admin.action(description=_("Publish the version that is being composed"))
    def publish_versions(self, request: HttpRequest, queryset: QuerySet[Questionnaire]) -> None:
        for questionnaire in queryset:
            try:
                version = actions.publish_version(questionnaire, actor=_actor(request), at=timezone.now())
            except DomainError as error:
                messages.error(request, f"{questionnaire}: {error.text}")
            else:
                messages.success(request, _("“%(version)s” is published.") % {"version": version})


@admin.register(Version)
class VersionAdmin(ReadOncePublished, OrderedInlineModelAdminMixin, admin.ModelAdmin[Version]):
    list_display = ("questionnaire", "number", "published_at")
    list_filter = ("questionnaire",)
    list_select_related = ("questionnaire",)
    readonly_fields = ("published_at",)
    inlines = (SectionInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Section)
class SectionAdmin(ReadOncePublished, OrderedInlineModelAdminMixin, admin.ModelAdmin[Section]):
    list_display = ("title", "version", "order")
    list_filter = ("version__questionnaire",)
    list_select_related = ("version__questionnaire",)
    readonly_fields = ("version",)
    inlines = (QuestionInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


def _is_published(thing: Model | None) -> bool:
    version = thing.version if isinstance(thing, Section) else thing
    return isinstance(version, Version) and version.published_at is not None


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
