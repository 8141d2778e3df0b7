from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "mentoring_ext.registrations"
    label = "mentoring_registrations"
    verbose_name = "Registrations"
