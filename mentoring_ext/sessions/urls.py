from django.urls import path

from mentoring_ext.sessions import views

app_name = "mentoring_sessions"

urlpatterns = [
    path("groups/<int:group_pk>/", views.session_list, name="session_list"),
    path("groups/<int:group_pk>/schedule/", views.session_schedule, name="session_schedule"),
    path("<int:pk>/", views.session_detail, name="session_detail"),
    path("<int:pk>/register/", views.session_register, name="session_register"),
    path("<int:pk>/move/", views.session_move, name="session_move"),
]
