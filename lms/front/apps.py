from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "lms.front"
    label = "lms_front"
    verbose_name = "Front page"
