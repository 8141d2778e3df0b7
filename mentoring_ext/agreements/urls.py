from django.urls import URLPattern

app_name = "mentoring_agreements"

urlpatterns: list[URLPattern] = []
