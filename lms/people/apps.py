from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class PeopleConfig(AppConfig):
    name = "lms.people"
    label = "lms_people"
    verbose_name = "People"

    def ready(self) -> None:
        import_module("lms.people.listeners")
        # Every room and plugin declares its rules in permissions.py; nothing else need import that module.
        # Wagtail's modules of that name are another thing, and not to be imported before its apps are ready.
        for config in apps.get_app_configs():
            if not config.name.startswith("wagtail") and module_has_submodule(config.module, "permissions"):
                import_module(f"{config.name}.permissions")
