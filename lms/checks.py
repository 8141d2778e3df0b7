"""The check at start: every hook has a known name, takes what it must, and gives what its hook point asks for."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any, get_args, get_origin, get_type_hints

from django.core.checks import CheckMessage, Error, register
from wagtail import hooks

from lms.plugins import HOOK_POINTS, HookPoint

OTHER_WAGTAIL_HOOKS = """
before_bulk_action after_bulk_action before_copy_page after_copy_page before_move_page after_move_page
before_convert_alias_page after_convert_alias_page before_edit_setting after_edit_setting
before_publish_page after_publish_page before_unpublish_page after_unpublish_page
before_publish after_publish before_unpublish after_unpublish
before_serve_page on_serve_page before_serve_document
construct_admin_api construct_document_chooser_queryset construct_explorer_page_queryset construct_help_menu
construct_homepage_panels construct_homepage_summary_items construct_image_chooser_queryset construct_main_menu
construct_page_action_menu construct_page_chooser_queryset construct_page_listing_buttons construct_reports_menu
construct_settings_menu construct_snippet_action_menu construct_snippet_listing_buttons
construct_translated_pages_to_cascade_actions construct_wagtail_userbar
describe_collection_contents filter_form_submissions_for_user get_avatar_url
insert_editor_css insert_editor_js insert_global_admin_css insert_global_admin_js
register_account_menu_item register_account_settings_panel register_admin_menu_item register_admin_search_area
register_admin_urls register_admin_viewset register_bulk_action register_group_permission_panel
register_help_menu_item register_icons register_image_operations register_log_actions
register_page_action_menu_item register_page_header_buttons register_page_listing_buttons
register_page_listing_more_buttons register_permissions register_reports_menu_item register_rich_text_features
register_settings_menu_item register_snippet_action_menu_item register_snippet_listing_buttons
register_user_listing_buttons
"""
WAGTAIL_HOOKS = frozenset(OTHER_WAGTAIL_HOOKS.split()) | frozenset(
    f"{when}_{deed}_{thing}"
    for when in ("before", "after")
    for deed in ("create", "edit", "delete")
    for thing in ("page", "snippet", "user")
)
"""The hooks that Wagtail asks for."""


@register()
def check_hooks(**options: Any) -> list[CheckMessage]:
    """Return an error for each hook that is misspelt, takes wrong parameters or gives the wrong kind."""
    return [problem for name, function in _registered() for problem in _problems(name, function)]


def _registered() -> Iterator[tuple[str, Callable[..., Any]]]:
    hooks.search_for_hooks()
    for name, registered in hooks._hooks.items():
        yield from ((name, function) for function, _order in registered)


def _problems(name: str, function: Callable[..., Any]) -> Iterator[CheckMessage]:
    where = f"{function.__module__}.{getattr(function, '__qualname__', function)}"
    if name in HOOK_POINTS:
        yield from _problems_at(HOOK_POINTS[name], function, where)
    elif name not in WAGTAIL_HOOKS and not where.startswith("wagtail."):
        yield Error(f"{where} registers the unknown hook {name!r}.", hint="docs/hooks.md lists all.", id="lms.E001")


def _problems_at(point: HookPoint[Any], function: Callable[..., Any], where: str) -> Iterator[CheckMessage]:
    if not _takes(function, 0):
        yield Error(f"{where} must be callable without parameters.", id="lms.E002")
        return
    returned = function()
    for entry in returned if isinstance(returned, (list, tuple)) else [returned]:
        if not isinstance(entry, point.kind):
            yield Error(f"{where} must return {point.kind.__name__}, not {type(entry).__name__}.", id="lms.E003")
            continue
        for field, count in _callables_of(point.kind):
            if not _takes(getattr(entry, field), count):
                yield Error(f"{where}: {field} must take {count} positional parameters.", id="lms.E004")


def _callables_of(kind: type[Any]) -> Iterator[tuple[str, int]]:
    """Yield the kind's fields that hold functions, with the number of parameters that each is given."""
    # User is named for type checkers alone, since its room imports the hook points.
    hints = get_type_hints(kind, localns={"User": Any})
    for field in fields(kind):
        if get_origin(hints[field.name]) is Callable:
            parameters, _returned = get_args(hints[field.name])
            yield field.name, len(parameters)


def _takes(function: Callable[..., Any], count: int) -> bool:
    try:
        inspect.signature(function).bind(*[None] * count)
    except TypeError:
        return False
    return True
