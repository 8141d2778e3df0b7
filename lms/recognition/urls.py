from django.urls import path

from lms.recognition import views

app_name = "lms_recognition"

urlpatterns = [
    path("", views.certificate_list, name="certificate_list"),
    path("<slug:code>/", views.certificate_detail, name="certificate_detail"),
    path("<slug:code>/pdf/", views.certificate_pdf, name="certificate_pdf"),
]
