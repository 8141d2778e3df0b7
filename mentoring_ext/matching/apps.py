from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "mentoring_ext.matching"
    label = "mentoring_matching"
    verbose_name = "Matching"
