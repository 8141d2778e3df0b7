from django.urls import path

from mentoring_ext.practices import views

app_name = "mentoring_practices"

urlpatterns = [
    path("", views.practice_list, name="practice_list"),
    path("mine/", views.practice_mine, name="practice_mine"),
    path("waiting/", views.practice_waiting, name="practice_waiting"),
    path("new/", views.practice_create, name="practice_create"),
    path("<int:pk>/", views.practice_detail, name="practice_detail"),
    path("<int:pk>/edit/", views.practice_edit, name="practice_edit"),
    path("<int:pk>/publish/", views.practice_publish, name="practice_publish"),
    path("<int:pk>/return/", views.practice_return, name="practice_return"),
]
