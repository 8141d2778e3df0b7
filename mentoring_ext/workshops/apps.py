from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "mentoring_ext.workshops"
    label = "mentoring_workshops"
    verbose_name = "Workshops"
