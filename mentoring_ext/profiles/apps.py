from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class ProfilesConfig(AppConfig):
    name = "mentoring_ext.profiles"
    label = "mentoring_profiles"
    verbose_name = "Profiles"

    def ready(self) -> None:
        from lms.people.models import User

        post_save.connect(_index_new_name, sender=User, dispatch_uid="mentoring_profiles.index_new_name")


def _index_new_name(instance: Any, created: bool, update_fields: Any, **_others: Any) -> None:
    """Find a mentor by the new name: people change it in rooms that know nothing of mentors."""
    if created or (update_fields is not None and not {"first_name", "last_name"} & set(update_fields)):
        return
    from mentoring_ext.profiles.actions import index_mentors
    from mentoring_ext.profiles.models import MentorProfile

    index_mentors(MentorProfile.objects.filter(user=instance).select_related("user"))
