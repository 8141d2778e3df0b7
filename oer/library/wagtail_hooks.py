"""The place "Training" for visitors: the public catalogue. Licences and competences for administrators."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from lms.plugins import NAVIGATION, NavigationItem
from oer.library.models import Competence, Framework, Licence


@hooks.register(NAVIGATION.name)
def catalogue() -> NavigationItem:
    return NavigationItem(
        name="catalogue",
        label=_("Training"),
        url_name="/training/",
        icon="graduation-cap",
        shown_to=lambda request: not request.user.is_authenticated,
        order=10,
    )


class LicenceViewSet(SnippetViewSet):  # type: ignore[misc]
    """Licences in the editors' admin."""

    model = Licence
    list_display = ["name", "code", "changes", "share_alike", "commercial"]


class FrameworkViewSet(SnippetViewSet):  # type: ignore[misc]
    """Competence frameworks in the editors' admin."""

    model = Framework
    list_display = ["name", "version", "publisher"]


class CompetenceViewSet(SnippetViewSet):  # type: ignore[misc]
    """Competences in the editors' admin."""

    model = Competence
    list_display = ["code", "title", "area", "framework"]
    list_filter = ["framework"]


class LibraryViewSetGroup(SnippetViewSetGroup):  # type: ignore[misc]
    """The library's lists under one heading."""

    items = (LicenceViewSet, FrameworkViewSet, CompetenceViewSet)
    menu_label = _("Library")
    menu_icon = "folder-open-inverse"


register_snippet(LibraryViewSetGroup)
