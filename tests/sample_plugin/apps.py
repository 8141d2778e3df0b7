from django.apps import AppConfig


class SamplePluginConfig(AppConfig):
    name = "tests.sample_plugin"
    label = "sample_plugin"
    verbose_name = "Sample plugin"
    default_auto_field = "django.db.models.BigAutoField"
