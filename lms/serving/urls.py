from django.urls import URLPattern

app_name = "lms_serving"

urlpatterns: list[URLPattern] = []
