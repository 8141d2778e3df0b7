from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "mentoring_ext.cycle"
    label = "mentoring_cycle"
    verbose_name = "Cycle"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from mentoring_ext.cycle.signals import on_page_published

        page_published.connect(on_page_published, dispatch_uid="mentoring_cycle")
