from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "mentoring_ext.demo"
    label = "mentoring_demo"
    verbose_name = "Demo"
