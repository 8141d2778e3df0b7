"""Addresses of the places in the navigation, for links that do not know who registers the place."""

from django import template

from lms.plugins import place_address

register = template.Library()


@register.simple_tag
def place_url(name: str) -> str:
    """Return the address of a place: ``{% place_url "catalogue" %}``."""
    return place_address(name)
