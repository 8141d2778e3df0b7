from django.urls import path

from lms.serving import views

app_name = "lms_serving"
urlpatterns = [path("health/", views.health, name="health")]
