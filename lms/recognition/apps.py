from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "lms.recognition"
    label = "lms_recognition"
    verbose_name = "Recognition"
