"""Addresses of the brand."""

from django.urls import path

from theme.brand import views

app_name = "theme_brand"
urlpatterns = [path("brand.css", views.stylesheet, name="stylesheet")]
