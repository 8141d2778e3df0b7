from django.urls import URLPattern

app_name = "forum_boards"

urlpatterns: list[URLPattern] = []
