from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "mentoring_ext.programmes"
    label = "mentoring_programmes"
    verbose_name = "Programmes"
