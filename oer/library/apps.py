from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "oer.library"
    label = "oer_library"
    verbose_name = "Library"
