from django.urls import path

from mentoring_ext.invitations import views

app_name = "mentoring_invitations"

urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("new/", views.import_new, name="import_new"),
    path("example.csv", views.import_example, name="import_example"),
    path("checks/<int:pk>/", views.check_detail, name="check_detail"),
    path("cohorts/<int:pk>/new/", views.import_new, name="cohort_import_new"),
    path("cohorts/<int:pk>/example.csv", views.import_example, name="cohort_import_example"),
    path("cohorts/<int:pk>/paper/", views.cohort_papers, name="cohort_papers"),
    path("open/", views.open_list, name="open_list"),
    path("open/failed/", views.open_send_failed, name="open_send_failed"),
    path("open/<int:pk>/", views.open_detail, name="open_detail"),
    path("open/<int:pk>/send/", views.open_send, name="open_send"),
    path("open/<int:pk>/withdraw/", views.open_withdraw, name="open_withdraw"),
    path("<int:pk>/", views.import_detail, name="import_detail"),
    path("<int:pk>/people.csv", views.import_people_csv, name="import_people_csv"),
    path("<int:pk>/paper/", views.import_papers, name="import_papers"),
]
