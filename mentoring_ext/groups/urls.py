from django.urls import URLPattern

app_name = "mentoring_groups"

urlpatterns: list[URLPattern] = []
