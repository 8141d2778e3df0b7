from django.urls import URLPattern

app_name = "mentoring_practices"

urlpatterns: list[URLPattern] = []
