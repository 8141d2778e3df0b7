from django.urls import URLPattern

app_name = "lms_recognition"

urlpatterns: list[URLPattern] = []
