"""What the catalogue page shows: open modules, narrowed by the filters in its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lms.people.models import User
from oer.library.models import CataloguePage, Competence, Level, open_course_models

NAMES = ("level", "language", "area")


@dataclass(frozen=True)
class Chip:
    """One value of a filter; its address switches it on or off."""

    label: str
    url: str
    active: bool


@dataclass(frozen=True)
class Filter:
    """What the list can be narrowed by, with the values that occur in it."""

    label: str
    chips: Sequence[Chip]


def catalogue_context(catalogue: CataloguePage, request: HttpRequest) -> dict[str, Any]:
    """Return the modules that the visitor may see and that fit the filters, and the filters themselves."""
    chosen = {name: request.GET[name] for name in NAMES if request.GET.get(name)}
    modules = modules_of(catalogue, request.user)
    areas = _areas_of([module.pk for module in modules])
    values = {
        "level": {module.pk: {module.level} for module in modules},
        "language": {module.pk: {module.language} for module in modules},
        "area": {pk: {area.code for area in found} for pk, found in areas.items()},
    }
    fitting = [
        module for module in modules if all(value in values[name].get(module.pk, ()) for name, value in chosen.items())
    ]
    titles = {area.code: area.title for found in areas.values() for area in found}
    return {"modules": fitting, "filtered": bool(chosen), "filters": _filters(values, titles, chosen)}


def modules_of(catalogue: CataloguePage, user: User | AnonymousUser) -> list[Any]:
    """Return the catalogue's modules that ``user`` may see, in the editors' order, each with its progress."""
    found = [
        module
        for model in open_course_models()
        for module in model.objects.child_of(catalogue).visible_to(user).with_progress(user)
    ]
    return sorted(found, key=lambda module: module.path)


def _areas_of(pks: Sequence[int]) -> dict[int, list[Competence]]:
    """Return the competence areas of each module, in one query a model."""
    areas: dict[int, dict[int, Competence]] = {}
    for model in open_course_models():
        through = model.competences.through
        key = f"{model._meta.model_name}_id"
        links = through.objects.filter(**{f"{key}__in": pks}).select_related("competence__area")
        for link in links:
            area = link.competence.area or link.competence
            areas.setdefault(getattr(link, key), {})[area.pk] = area
    return {pk: sorted(found.values(), key=lambda area: area.code) for pk, found in areas.items()}


def _filters(
    values: Mapping[str, Mapping[int, set[str]]], titles: Mapping[str, str], chosen: Mapping[str, str]
) -> list[Filter]:
    words = {"level": dict(Level.choices), "language": dict(settings.LANGUAGES), "area": titles}
    labels = {"level": _("Level"), "language": _("Language"), "area": _("Topic")}
    filters = []
    for name in NAMES:
        occurring = set().union(*values[name].values())
        ordered = [value for value in words[name] if value in occurring]
        if len(ordered) > 1 or name in chosen:
            chips = [_chip(name, value, str(words[name][value]), chosen) for value in ordered]
            filters.append(Filter(labels[name], chips))
    return filters


def _chip(name: str, value: str, label: str, chosen: Mapping[str, str]) -> Chip:
    active = chosen.get(name) == value
    others = {key: one for key, one in chosen.items() if key != name}
    return Chip(label, "?" + urlencode(others if active else others | {name: value}), active)
