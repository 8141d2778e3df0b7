from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "forum.boards"
    label = "forum_boards"
    verbose_name = "Boards"
