from django.urls import path

from mentoring_ext.programmes import views

app_name = "mentoring_programmes"

urlpatterns = [
    path("", views.cohort_list, name="cohort_list"),
    path("new/", views.cohort_new, name="cohort_new"),
    path("programme/<slug:slug>/", views.programme_detail, name="programme_detail"),
    path("<int:pk>/", views.cohort_detail, name="cohort_detail"),
    path("<int:pk>/members/new/", views.member_invite, name="member_invite"),
    path("<int:pk>/members/<int:member_pk>/waive/", views.training_waive, name="training_waive"),
    path("<int:pk>/phases/<slug:code>/", views.phase_start, name="phase_start"),
    path("<int:pk>/finish/", views.cohort_finish, name="cohort_finish"),
]
