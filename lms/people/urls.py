from django.urls import path

from lms.people import views

app_name = "lms_people"

urlpatterns = [
    path("me/", views.account, name="account"),
    path("me/data/", views.account_data, name="account_data"),
    path("code/", views.code_enter, name="code_enter"),
    path("code/password/", views.code_password, name="code_password"),
    path("me/sessions/", views.session_list, name="session_list"),
    path("me/sessions/end-others/", views.session_end_others, name="session_end_others"),
    path("me/sessions/end-all/", views.session_end_all, name="session_end_all"),
    path("me/sessions/<int:pk>/end/", views.session_end, name="session_end"),
    path("second-step/", views.second_step, name="second_step"),
    path("second-step/rule/", views.second_step_rule, name="second_step_rule"),
    path("invitations/<str:token>/", views.invitation_accept, name="invitation_accept"),
]
