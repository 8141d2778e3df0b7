from django.urls import path

from mentoring_ext.evaluation import views

app_name = "mentoring_evaluation"

urlpatterns = [
    path("", views.evaluation_list, name="evaluation_list"),
    path("<int:round_id>/<int:pair_id>/", views.evaluation_edit, name="evaluation_edit"),
    path("<int:round_id>/<int:pair_id>/answers/", views.evaluation_detail, name="evaluation_detail"),
    path("<int:round_id>/<int:pair_id>/thanks/", views.evaluation_thanks, name="evaluation_thanks"),
    path("cohorts/<int:cohort_id>/", views.result_detail, name="result_detail"),
    path("cohorts/<int:cohort_id>/export/", views.result_export, name="result_export"),
]
