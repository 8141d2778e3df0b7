from django.urls import path

from lms.serving import views

app_name = "lms_serving"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("nights/", views.night_list, name="night_list"),
    path("nights/<int:pk>/again/", views.night_retry, name="night_retry"),
]
