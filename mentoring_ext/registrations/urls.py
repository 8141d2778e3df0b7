from django.urls import path

from mentoring_ext.registrations import views

app_name = "mentoring_registrations"

urlpatterns = [
    path("", views.opening_list, name="opening_list"),
    path("return/", views.registration_return, name="registration_return"),
    path("confirm/<str:token>/", views.registration_confirm, name="registration_confirm"),
    path("mine/<str:token>/", views.registration_own, name="registration_own"),
    path("mine/<str:token>/edit/", views.registration_edit, name="registration_edit"),
    path("mine/<str:token>/answer/", views.registration_answer, name="registration_answer"),
    path("mine/<str:token>/withdraw/", views.registration_withdraw, name="registration_withdraw"),
    path("refer/<str:token>/", views.refer, name="refer"),
    path("openings/", views.own_opening_list, name="own_opening_list"),
    path("openings/new/", views.opening_new, name="opening_new"),
    path("openings/<int:pk>/", views.opening_board, name="opening_board"),
    path("openings/<int:pk>/edit/", views.opening_edit, name="opening_edit"),
    path("openings/<int:pk>/conditions/", views.rule_list, name="rule_list"),
    path("openings/<int:pk>/partners/", views.partner_list, name="partner_list"),
    path("openings/<int:pk>/partners/<int:partner_pk>/end/", views.partner_end, name="partner_end"),
    path("review/<int:pk>/", views.registration_detail, name="registration_detail"),
    path("review/<int:pk>/decide/", views.registration_decide, name="registration_decide"),
    path("review/<int:pk>/decline/", views.registration_decline, name="registration_decline"),
    path("review/<int:pk>/letter/", views.registration_letter, name="registration_letter"),
    path("initial/<int:pk>/", views.initial_detail, name="initial_detail"),
    path("initial/<int:pk>/edit/", views.initial_edit, name="initial_edit"),
    path("<int:pk>/", views.opening_detail, name="opening_detail"),
    path("<int:pk>/register/", views.registration_new, name="registration_new"),
    path("<int:pk>/refer/", views.refer_as_staff, name="refer_as_staff"),
]
