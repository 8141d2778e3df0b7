from django.urls import path

from mentoring_ext.cycle import views

app_name = "mentoring_cycle"

urlpatterns = [
    path("", views.circle, name="circle"),
    path("cohorts/<int:cohort_id>/evidence/", views.evidence_board, name="evidence_board"),
    path("cohorts/<int:cohort_id>/propose/", views.proposal_create, name="proposal_create"),
    path("proposals/", views.proposal_list, name="proposal_list"),
    path("proposals/<int:pk>/", views.proposal_detail, name="proposal_detail"),
    path("proposals/<int:pk>/accept/", views.proposal_accept, name="proposal_accept"),
    path("proposals/<int:pk>/decline/", views.proposal_decline, name="proposal_decline"),
]
