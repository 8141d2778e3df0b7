from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "lms.tables"
    label = "lms_tables"
    verbose_name = "Tables"
