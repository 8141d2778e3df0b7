from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "mentoring_ext.cycle"
    label = "mentoring_cycle"
    verbose_name = "Cycle"
