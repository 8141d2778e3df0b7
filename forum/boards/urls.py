"""Addresses of boards, topics and posts."""

from django.urls import path

from forum.boards import views

app_name = "forum_boards"
urlpatterns = [
    path("", views.board_list, name="board_list"),
    path("new/", views.board_create, name="board_create"),
    path("<int:pk>/", views.board_detail, name="board_detail"),
    path("<int:pk>/edit/", views.board_edit, name="board_edit"),
    path("<int:pk>/topics/new/", views.topic_create, name="topic_create"),
    path("topics/<int:pk>/", views.topic_detail, name="topic_detail"),
    path("topics/<int:pk>/answer/", views.post_create, name="post_create"),
    path("posts/<int:pk>/", views.post_detail, name="post_detail"),
    path("posts/<int:pk>/edit/", views.post_edit, name="post_edit"),
    path("posts/<int:pk>/hide/", views.post_hide, name="post_hide"),
    path("posts/<int:pk>/history/", views.post_history, name="post_history"),
    path("posts/<int:pk>/file/", views.post_file, name="post_file"),
]
