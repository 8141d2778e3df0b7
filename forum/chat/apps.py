from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "forum.chat"
    label = "forum_chat"
    verbose_name = "Chat"
