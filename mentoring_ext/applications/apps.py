from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "mentoring_ext.applications"
    label = "mentoring_applications"
    verbose_name = "Applications"
