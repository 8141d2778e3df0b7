from django.urls import path

from lms.courses import views

app_name = "lms_courses"

urlpatterns = [
    path("", views.course_list, name="course_list"),
    path("<int:pk>/join/", views.course_join, name="course_join"),
    path("<int:pk>/finish/", views.course_finish, name="course_finish"),
    path("activities/<int:pk>/done/", views.activity_done, name="activity_done"),
]
