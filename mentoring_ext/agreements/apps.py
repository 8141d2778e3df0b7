from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "mentoring_ext.agreements"
    label = "mentoring_agreements"
    verbose_name = "Agreements"
