from django.urls import path

from mentoring_ext.workshops.views import consultations, parts, scenarios, workshops

app_name = "mentoring_workshops"

urlpatterns = [
    path("", workshops.workshop_list, name="workshop_list"),
    path("new/", workshops.workshop_new, name="workshop_new"),
    path("<int:pk>/", workshops.workshop_detail, name="workshop_detail"),
    path("<int:pk>/edit/", workshops.workshop_edit, name="workshop_edit"),
    path("<int:pk>/announce/", workshops.workshop_announce, name="workshop_announce"),
    path("<int:pk>/call-off/", workshops.workshop_call_off, name="workshop_call_off"),
    path("<int:pk>/book/", workshops.workshop_book, name="workshop_book"),
    path("<int:pk>/give-back/", workshops.workshop_give_back, name="workshop_give_back"),
    path("<int:pk>/calendar/", workshops.workshop_calendar, name="workshop_calendar"),
    path("<int:pk>/attendance/", workshops.workshop_attendance, name="workshop_attendance"),
    path("<int:pk>/programme/new/", parts.point_new, name="point_new"),
    path("programme/<int:pk>/", parts.point_edit, name="point_edit"),
    path("programme/<int:pk>/move/", parts.point_move, name="point_move"),
    path("programme/<int:pk>/remove/", parts.point_remove, name="point_remove"),
    path("<int:pk>/materials/new/", parts.material_new, name="material_new"),
    path("materials/<int:pk>/", parts.material_download, name="material_download"),
    path("materials/<int:pk>/remove/", parts.material_remove, name="material_remove"),
    path("<int:pk>/questions/new/", parts.question_new, name="question_new"),
    path("scenarios/", scenarios.scenario_list, name="scenario_list"),
    path("scenarios/new/", scenarios.scenario_new, name="scenario_new"),
    path("scenarios/<int:pk>/", scenarios.scenario_detail, name="scenario_detail"),
    path("scenarios/<int:pk>/edit/", scenarios.scenario_edit, name="scenario_edit"),
    path("scenarios/<int:pk>/publish/", scenarios.scenario_publish, name="scenario_publish"),
    path("scenarios/<int:pk>/parts/new/", scenarios.part_new, name="part_new"),
    path("scenarios/parts/<int:pk>/", scenarios.part_edit, name="part_edit"),
    path("scenarios/parts/<int:pk>/move/", scenarios.part_move, name="part_move"),
    path("scenarios/parts/<int:pk>/remove/", scenarios.part_remove, name="part_remove"),
    path("consultations/", consultations.consultation_list, name="consultation_list"),
    path("consultations/new/", consultations.consultation_new, name="consultation_new"),
    path("consultations/<int:pk>/", consultations.consultation_detail, name="consultation_detail"),
    path("consultations/<int:pk>/end/", consultations.consultation_end, name="consultation_end"),
]
