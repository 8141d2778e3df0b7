from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "mentoring_ext.practices"
    label = "mentoring_practices"
    verbose_name = "Practices"
