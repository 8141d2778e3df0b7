from django.urls import URLPattern

app_name = "mentoring_applications"

urlpatterns: list[URLPattern] = []
