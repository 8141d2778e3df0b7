from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "lms.jobs"
    label = "lms_jobs"
    verbose_name = "Jobs"
