from django.urls import URLPattern

app_name = "lms_notices"

urlpatterns: list[URLPattern] = []
