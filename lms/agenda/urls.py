from django.urls import path

from lms.agenda import views

app_name = "lms_agenda"

urlpatterns = [path("", views.home, name="home")]
