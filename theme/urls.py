"""Addresses of the theme: the brand's stylesheet and, in the demo, the page of components."""

from django.urls import include, path

from theme import gallery

components = ([path("design/", gallery.components, name="gallery")], "theme")
urlpatterns = [path("", include("theme.brand.urls")), path("", include(components))]
