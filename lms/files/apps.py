from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "lms.files"
    label = "lms_files"
    verbose_name = "Files"
