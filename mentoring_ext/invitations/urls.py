from django.urls import path

from mentoring_ext.invitations import views

app_name = "mentoring_invitations"

urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("new/", views.import_new, name="import_new"),
    path("example.csv", views.import_example, name="import_example"),
    path("cohorts/<int:pk>/new/", views.import_new, name="cohort_import_new"),
    path("cohorts/<int:pk>/example.csv", views.import_example, name="cohort_import_example"),
    path("cohorts/<int:pk>/paper/", views.cohort_papers, name="cohort_papers"),
    path("<int:pk>/", views.import_detail, name="import_detail"),
    path("<int:pk>/people.csv", views.import_people_csv, name="import_people_csv"),
    path("<int:pk>/paper/", views.import_papers, name="import_papers"),
]
