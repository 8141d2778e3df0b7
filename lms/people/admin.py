"""Accounts and organisations in the administrator's own pages; roles are given on the site (``/people/``)."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from lms.people.models import Department, Organisation, User


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    list_display = ("username", "first_name", "last_name", "email", "organisation", "is_active")
    list_select_related = ("organisation",)
    readonly_fields = ("is_active", "is_staff", "is_superuser", "last_login", "date_joined")
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
