from django.urls import path

from oer.lessons import views

app_name = "oer_lessons"

urlpatterns = [
    path("<int:pk>/reflections/<uuid:block>/", views.reflection_save, name="reflection_save"),
]
