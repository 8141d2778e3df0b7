from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "lms.privacy"
    label = "lms_privacy"
    verbose_name = "Privacy"
