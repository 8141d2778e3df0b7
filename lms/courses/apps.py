from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "lms.courses"
    label = "lms_courses"
    verbose_name = "Courses"
