from django.urls import path

from lms.questionnaires import views

app_name = "lms_questionnaires"

urlpatterns = [
    path("", views.form_list, name="form_list"),
    path("new/", views.form_new, name="form_new"),
    path("<int:pk>/", views.form_detail, name="form_detail"),
    path("<int:pk>/heading/", views.form_heading, name="form_heading"),
    path("<int:pk>/change/", views.form_change, name="form_change"),
    path("<int:pk>/preview/", views.form_preview, name="form_preview"),
    path("<int:pk>/publish/", views.form_publish, name="form_publish"),
    path("<int:pk>/drop/", views.form_drop, name="form_drop"),
    path("<int:pk>/put-back/", views.form_put_back, name="form_put_back"),
    path("<int:pk>/sections/new/", views.section_new, name="section_new"),
    path("<int:pk>/sections/<int:section_pk>/", views.section_edit, name="section_edit"),
    path("<int:pk>/sections/<int:section_pk>/move/", views.section_move, name="section_move"),
    path("<int:pk>/sections/<int:section_pk>/remove/", views.section_remove, name="section_remove"),
    path("<int:pk>/sections/<int:section_pk>/questions/new/", views.question_new, name="question_new"),
    path("<int:pk>/sections/<int:section_pk>/fields/<slug:name>/", views.field_place, name="field_place"),
    path("<int:pk>/questions/<int:question_pk>/", views.question_edit, name="question_edit"),
    path("<int:pk>/questions/<int:question_pk>/move/", views.question_move, name="question_move"),
    path("<int:pk>/questions/<int:question_pk>/copy/", views.question_copy, name="question_copy"),
    path("<int:pk>/questions/<int:question_pk>/remove/", views.question_remove, name="question_remove"),
]
