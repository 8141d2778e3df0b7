from django.urls import URLPattern

app_name = "mentoring_programmes"

urlpatterns: list[URLPattern] = []
