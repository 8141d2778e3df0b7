from django.urls import path

from lms.people import views

app_name = "lms_people"

urlpatterns = [
    path("me/", views.account, name="account"),
    path("me/data/", views.account_data, name="account_data"),
    path("code/", views.code_enter, name="code_enter"),
    path("code/password/", views.code_password, name="code_password"),
    path("invitations/<str:token>/", views.invitation_accept, name="invitation_accept"),
]
