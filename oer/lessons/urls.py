from django.urls import URLPattern

app_name = "oer_lessons"

urlpatterns: list[URLPattern] = []
