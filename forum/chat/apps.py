from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "forum.chat"
    label = "forum_chat"
    verbose_name = "Chat"

    def ready(self) -> None:
        from forum.chat import signals  # noqa: F401  (connects its receivers)
