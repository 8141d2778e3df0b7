from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "mentoring_ext.sessions"
    label = "mentoring_sessions"
    verbose_name = "Sessions"
