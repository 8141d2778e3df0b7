from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "mentoring_ext.profiles"
    label = "mentoring_profiles"
    verbose_name = "Profiles"
