from django.urls import path

from mentoring_ext.matching import views

app_name = "mentoring_matching"

urlpatterns = [
    path("<int:cohort_pk>/pairing/", views.run_list, name="run_list"),
    path("<int:cohort_pk>/pairing/<int:pk>/", views.run_detail, name="run_detail"),
    path("<int:cohort_pk>/pairing/<int:pk>/publish/", views.run_publish, name="run_publish"),
    path("<int:cohort_pk>/pairing/<int:run_pk>/<int:pk>/", views.proposal_detail, name="proposal_detail"),
    path("<int:cohort_pk>/pairing/<int:run_pk>/<int:pk>/move/", views.proposal_move, name="proposal_move"),
]
