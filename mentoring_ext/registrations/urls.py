from django.urls import URLPattern

app_name = "mentoring_registrations"

urlpatterns: list[URLPattern] = []
