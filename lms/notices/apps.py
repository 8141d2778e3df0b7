from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lms.notices"
    label = "lms_notices"
    verbose_name = "Notices"
