from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "mentoring_ext.groups"
    label = "mentoring_groups"
    verbose_name = "Groups"
