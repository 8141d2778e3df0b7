from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "lms.agenda"
    label = "lms_agenda"
    verbose_name = "Agenda"
