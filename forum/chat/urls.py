from django.urls import URLPattern

app_name = "forum_chat"

urlpatterns: list[URLPattern] = []
