from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "oer.lessons"
    label = "oer_lessons"
    verbose_name = "Lessons"
