from django.urls import path

from mentoring_ext.applications import views

app_name = "mentoring_applications"

urlpatterns = [
    path("", views.call_list, name="call_list"),
    path("calls/", views.own_call_list, name="own_call_list"),
    path("calls/new/", views.call_new, name="call_new"),
    path("calls/<int:pk>/", views.call_edit, name="call_edit"),
    path("board/<int:pk>/", views.call_board, name="call_board"),
    path("review/<int:pk>/", views.application_detail, name="application_detail"),
    path("review/<int:pk>/cv/", views.application_cv, name="application_cv"),
    path("review/<int:pk>/move/", views.application_move, name="application_move"),
    path("review/<int:pk>/accept/", views.application_accept, name="application_accept"),
    path("review/<int:pk>/decline/", views.application_decline, name="application_decline"),
    path("confirm/<str:token>/", views.application_confirm, name="application_confirm"),
    path("status/<str:token>/", views.application_status, name="application_status"),
    path("status/<str:token>/withdraw/", views.application_withdraw, name="application_withdraw"),
    path("<slug:slug>/", views.call_detail, name="call_detail"),
    path("<slug:slug>/apply/", views.application_new, name="application_new"),
    path("<slug:slug>/sent/", views.application_sent, name="application_sent"),
]
