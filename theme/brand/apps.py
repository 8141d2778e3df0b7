from importlib import import_module

from django.apps import AppConfig


class BrandConfig(AppConfig):
    name = "theme.brand"
    label = "theme_brand"
    verbose_name = "Brand"

    def ready(self) -> None:
        import_module("theme.brand.signals")
