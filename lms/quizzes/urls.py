from django.urls import path

from lms.quizzes import views

app_name = "lms_quizzes"

urlpatterns = [
    path("<int:pk>/start/", views.attempt_start, name="attempt_start"),
    path("attempts/<int:pk>/", views.attempt_edit, name="attempt_edit"),
    path("attempts/<int:pk>/result/", views.attempt_result, name="attempt_result"),
]
