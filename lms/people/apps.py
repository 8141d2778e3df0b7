from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

FLOORS = ("mentoring_ext", "oer", "forum", "lms")


class PeopleConfig(AppConfig):
    name = "lms.people"
    label = "lms_people"
    verbose_name = "People"

    def ready(self) -> None:
        # Every room declares its rules in permissions.py; nothing else need import that module. Only our own floors:
        # Wagtail has modules of that name which must not be loaded so early.
        for app in apps.get_app_configs():
            if app.name.split(".")[0] in FLOORS and module_has_submodule(app.module, "permissions"):
                import_module(f"{app.name}.permissions")
