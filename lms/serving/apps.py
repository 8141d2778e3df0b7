from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "lms.serving"
    label = "lms_serving"
    verbose_name = "Serving"

    def ready(self) -> None:
        from lms import checks  # noqa: F401  registers the check at start
