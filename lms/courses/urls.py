from django.urls import URLPattern

app_name = "lms_courses"

urlpatterns: list[URLPattern] = []
