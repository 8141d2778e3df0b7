"""The place "Home" in the navigation."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.plugins import NAVIGATION, NavigationItem


@hooks.register(NAVIGATION.name)
def home() -> NavigationItem:
    return NavigationItem(
        name="home",
        label=_("Home"),
        url_name="lms_agenda:home",
        icon="house",
        shown_to=lambda request: request.user.is_authenticated,
        order=0,
    )
