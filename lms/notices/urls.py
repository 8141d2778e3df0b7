from django.urls import path

from lms.notices import views

app_name = "lms_notices"

urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("read/", views.notice_read_all, name="notice_read_all"),
    path("mail/", views.mail_choice, name="mail_choice"),
    path("<int:pk>/", views.notice_open, name="notice_open"),
]
