from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    name = "mentoring_ext.invitations"
    label = "mentoring_invitations"
    verbose_name = "Invitations"
