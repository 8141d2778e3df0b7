from django.urls import URLPattern

app_name = "lms_people"

urlpatterns: list[URLPattern] = []
