from django.urls import URLPattern

app_name = "mentoring_workshops"

urlpatterns: list[URLPattern] = []
