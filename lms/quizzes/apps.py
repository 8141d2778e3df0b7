from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "lms.quizzes"
    label = "lms_quizzes"
    verbose_name = "Quizzes"
