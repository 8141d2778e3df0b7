from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "mentoring_ext.evaluation"
    label = "mentoring_evaluation"
    verbose_name = "Evaluation"
