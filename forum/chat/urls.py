"""Addresses of chat rooms; the socket's address is registered in ``wagtail_hooks``."""

from django.urls import path

from forum.chat import views

app_name = "forum_chat"
urlpatterns = [
    path("", views.room_list, name="room_list"),
    path("new/", views.room_create, name="room_create"),
    path("with/<int:pk>/", views.room_personal, name="room_personal"),
    path("<int:pk>/", views.room_detail, name="room_detail"),
    path("<int:pk>/write/", views.message_create, name="message_create"),
    path("messages/<int:pk>/edit/", views.message_edit, name="message_edit"),
    path("messages/<int:pk>/delete/", views.message_delete, name="message_delete"),
]
