from django.urls import URLPattern

app_name = "mentoring_matching"

urlpatterns: list[URLPattern] = []
