from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "lms.questionnaires"
    label = "lms_questionnaires"
    verbose_name = "Questionnaires"
