from django.apps import AppConfig


class BrandConfig(AppConfig):
    name = "theme.brand"
    label = "theme_brand"
    verbose_name = "Brand"
