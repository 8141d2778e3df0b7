from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lms.people"
    label = "lms_people"
    verbose_name = "People"
