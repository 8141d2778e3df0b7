from django.urls import URLPattern

app_name = "mentoring_sessions"

urlpatterns: list[URLPattern] = []
