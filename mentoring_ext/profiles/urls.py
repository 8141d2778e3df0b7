from django.urls import URLPattern

app_name = "mentoring_profiles"

urlpatterns: list[URLPattern] = []
