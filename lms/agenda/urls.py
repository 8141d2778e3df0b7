from django.urls import URLPattern

app_name = "lms_agenda"

urlpatterns: list[URLPattern] = []
