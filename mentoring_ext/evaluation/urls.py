from django.urls import URLPattern

app_name = "mentoring_evaluation"

urlpatterns: list[URLPattern] = []
