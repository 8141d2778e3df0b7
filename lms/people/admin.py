"""Accounts, organisations and roles in the administrator's own pages."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms.people import actions
from lms.people.models import Department, Organisation, OrganisationMembership, SiteRole, User


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    list_display = ("username", "first_name", "last_name", "email", "organisation", "is_active")
    list_select_related = ("organisation",)
    readonly_fields = ("is_staff", "is_superuser", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email", "language", "organisation", "department")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "last_login", "date_joined")}),
    )


class DepartmentInline(admin.TabularInline[Department, Organisation]):
    model = Department
    extra = 1


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    list_display = ("name", "country")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (DepartmentInline,)


@admin.register(SiteRole)
class SiteRoleAdmin(admin.ModelAdmin[SiteRole]):
    list_display = ("user", "role")
    autocomplete_fields = ("user",)

    def save_model(self, request: HttpRequest, obj: SiteRole, form: Any, change: bool) -> None:
        granted = actions.grant_site_role(obj.user, obj.role, actor=_actor(request))
        obj.pk = granted.pk

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: SiteRole) -> None:
        actions.withdraw_site_role(obj.user, obj.role, actor=_actor(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SiteRole]) -> None:
        for held in queryset:
            self.delete_model(request, held)


@admin.register(OrganisationMembership)
class OrganisationMembershipAdmin(admin.ModelAdmin[OrganisationMembership]):
    list_display = ("user", "role", "organisation", "department")
    autocomplete_fields = ("user",)

    def save_model(self, request: HttpRequest, obj: OrganisationMembership, form: Any, change: bool) -> None:
        granted = actions.grant_organisation_role(
            obj.user, obj.organisation, obj.role, actor=_actor(request), department=obj.department
        )
        obj.pk = granted.pk

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: OrganisationMembership) -> None:
        actions.withdraw_organisation_role(obj, actor=_actor(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[OrganisationMembership]) -> None:
        for held in queryset:
            self.delete_model(request, held)


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
