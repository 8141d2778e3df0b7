from django.urls import path

from mentoring_ext.programmes import views

app_name = "mentoring_programmes"

urlpatterns = [
    path("", views.cohort_list, name="cohort_list"),
    path("new/", views.cohort_new, name="cohort_new"),
    path("programmes/", views.programme_list, name="programme_list"),
    path("programme/<slug:slug>/", views.programme_detail, name="programme_detail"),
    path("programme/<slug:slug>/copy/", views.programme_copy, name="programme_copy"),
    path("programme/<slug:slug>/edit/", views.programme_edit, name="programme_edit"),
    path("programme/<slug:slug>/words/", views.programme_words, name="programme_words"),
    path("programme/<slug:slug>/plans/new/", views.plan_new, name="plan_new"),
    path("phases/<int:pk>/edit/", views.phase_edit, name="phase_edit"),
    path("plans/<int:pk>/", views.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/order/", views.plan_order, name="plan_order"),
    path("plans/<int:pk>/remove/", views.plan_remove, name="plan_remove"),
    path("<int:pk>/", views.cohort_detail, name="cohort_detail"),
    path("checklists/", views.template_list, name="template_list"),
    path("checklists/new/", views.template_new, name="template_new"),
    path("checklists/<int:pk>/", views.checklist_template, name="checklist_template"),
    path("checklists/<int:pk>/remove/", views.template_remove, name="template_remove"),
    path("checklists/<int:pk>/items/new/", views.template_item_new, name="template_item_new"),
    path("checklists/items/<int:pk>/", views.template_item, name="template_item"),
    path("checklists/items/<int:pk>/move/", views.template_item_move, name="template_item_move"),
    path("checklists/items/<int:pk>/remove/", views.template_item_remove, name="template_item_remove"),
    path("<int:pk>/checklist/", views.checklist, name="checklist"),
    path("<int:pk>/checklist/new/", views.checklist_item_new, name="checklist_item_new"),
    path("checklist/<int:pk>/", views.checklist_item, name="checklist_item"),
    path("checklist/<int:pk>/excuse/", views.checklist_item_excuse, name="checklist_item_excuse"),
    path("checklist/<int:pk>/reopen/", views.checklist_item_reopen, name="checklist_item_reopen"),
    path("checklist/<int:pk>/evidence/", views.checklist_item_evidence, name="checklist_item_evidence"),
    path("<int:pk>/members/new/", views.member_invite, name="member_invite"),
    path("<int:pk>/members/<int:member_pk>/waive/", views.training_waive, name="training_waive"),
    path("<int:pk>/phases/<slug:code>/", views.phase_start, name="phase_start"),
    path("<int:pk>/finish/", views.cohort_finish, name="cohort_finish"),
]
