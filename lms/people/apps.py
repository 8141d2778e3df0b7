from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "lms.people"
    label = "lms_people"
    verbose_name = "People"

    def ready(self) -> None:
        # Every room declares its rules in permissions.py; nothing else need import that module.
        autodiscover_modules("permissions")
