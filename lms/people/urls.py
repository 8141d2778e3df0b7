from django.urls import path
from django.views.generic import RedirectView

from lms.people import views

app_name = "lms_people"

urlpatterns = [
    path("", views.person_list, name="person_list"),
    path("new/", views.person_invite, name="person_invite"),
    path("me/", views.account, name="account"),
    path("me/data/", RedirectView.as_view(pattern_name="lms_privacy:own_data"), name="account_data"),
    path("code/", views.code_enter, name="code_enter"),
    path("code/password/", views.code_password, name="code_password"),
    path("me/sessions/", views.session_list, name="session_list"),
    path("me/sessions/end-others/", views.session_end_others, name="session_end_others"),
    path("me/sessions/end-all/", views.session_end_all, name="session_end_all"),
    path("me/sessions/<int:pk>/end/", views.session_end, name="session_end"),
    path("sign-in/<slug:name>/", views.provider_leave, name="provider_leave"),
    path("second-step/", views.second_step, name="second_step"),
    path("second-step/rule/", views.second_step_rule, name="second_step_rule"),
    path("invitations/<str:token>/", views.invitation_accept, name="invitation_accept"),
    path("<int:pk>/", views.person_detail, name="person_detail"),
    path("<int:pk>/code/", views.sign_in_help, name="sign_in_help"),
    path("<int:pk>/second-step/", views.second_step_lost, name="second_step_lost"),
    path("<int:pk>/rights/", views.person_rights, name="person_rights"),
    path("<int:pk>/edit/", views.person_edit, name="person_edit"),
    path("<int:pk>/address/", views.person_address, name="person_address"),
    path("<int:pk>/close/", views.person_close, name="person_close"),
    path("<int:pk>/open/", views.person_reopen, name="person_reopen"),
    path("<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("<int:pk>/roles/new/", views.role_new, name="role_new"),
    path("<int:pk>/roles/<slug:source>/<slug:key>/end/", views.role_end, name="role_end"),
    path("organisations/", views.organisation_list, name="organisation_list"),
    path("organisations/new/", views.organisation_new, name="organisation_new"),
    path("organisations/<int:pk>/", views.organisation_detail, name="organisation_detail"),
    path("organisations/<int:pk>/edit/", views.organisation_edit, name="organisation_edit"),
    path("organisations/<int:pk>/departments/new/", views.department_new, name="department_new"),
    path("departments/<int:pk>/", views.department_edit, name="department_edit"),
    path("departments/<int:pk>/order/", views.department_order, name="department_order"),
    path("departments/<int:pk>/remove/", views.department_remove, name="department_remove"),
]
