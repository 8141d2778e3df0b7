"""The public catalogue: a place for visitors, its first modules on the front page, and lists for administrators."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from lms.plugins import FRONT_SECTIONS, NAVIGATION, FrontSection, NavigationItem
from oer.library.catalogue import modules_of
from oer.library.models import CataloguePage, Competence, Framework, Licence

SHOWN_ON_FRONT = 3


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


@hooks.register(FRONT_SECTIONS.name)
def open_training() -> FrontSection:
    return FrontSection("training", "library/_front_modules.html", _newest_modules, order=10)


def _newest_modules(request: HttpRequest) -> dict[str, Any] | None:
    catalogue = CataloguePage.objects.live().first()
    modules = modules_of(catalogue, request.user)[:SHOWN_ON_FRONT] if catalogue else []
    return {"modules": modules, "catalogue": catalogue} if modules else None


class LicenceViewSet(SnippetViewSet):
    """Licences in the editors' admin."""

    model = Licence
    list_display = ["name", "code", "changes", "share_alike", "commercial"]


class FrameworkViewSet(SnippetViewSet):
    """Competence frameworks in the editors' admin."""

    model = Framework
    list_display = ["name", "version", "publisher"]


class CompetenceViewSet(SnippetViewSet):
    """Competences in the editors' admin."""

    model = Competence
    list_display = ["code", "title", "area", "framework"]
    list_filter = ["framework"]


class LibraryViewSetGroup(SnippetViewSetGroup):
    """The library's lists under one heading."""

    items = (LicenceViewSet, FrameworkViewSet, CompetenceViewSet)
    menu_label = _("Library")
    menu_icon = "folder-open-inverse"


register_snippet(LibraryViewSetGroup)
