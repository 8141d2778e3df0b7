from django.urls import URLPattern

app_name = "mentoring_cycle"

urlpatterns: list[URLPattern] = []
