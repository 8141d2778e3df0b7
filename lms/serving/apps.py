from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "lms.serving"
    label = "lms_serving"
    verbose_name = "Serving"
