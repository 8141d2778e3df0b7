from django.urls import URLPattern

app_name = "lms_quizzes"

urlpatterns: list[URLPattern] = []
