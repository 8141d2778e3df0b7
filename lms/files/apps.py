from django.apps import AppConfig
from django.core.signals import request_finished


class FilesConfig(AppConfig):
    name = "lms.files"
    label = "lms_files"
    verbose_name = "Files"

    def ready(self) -> None:
        from lms.files.actions import forget_rolled_back

        request_finished.connect(lambda **_signal: forget_rolled_back(), weak=False, dispatch_uid="lms.files")
