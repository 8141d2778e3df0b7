from django.urls import URLPattern

app_name = "lms_jobs"

urlpatterns: list[URLPattern] = []
