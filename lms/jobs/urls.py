from django.urls import path

from lms.jobs import views

app_name = "lms_jobs"

urlpatterns = [
    path("", views.job_list, name="job_list"),
    path("<int:pk>/", views.job_detail, name="job_detail"),
    path("<int:pk>/cancel/", views.job_cancel, name="job_cancel"),
    path("<int:pk>/again/", views.job_again, name="job_again"),
    path("<int:pk>/file/", views.job_file, name="job_file"),
]
