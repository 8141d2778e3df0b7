"""What an organisation changes, and how pages show it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from tests.make import make_administrator
from theme.brand.models import BrandSettings, Partner

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


def change_brand(**fields: str) -> BrandSettings:
    brand: BrandSettings = BrandSettings.for_site(Site.objects.get(is_default_site=True))
    for name, value in fields.items():
        setattr(brand, name, value)
    brand.save()
    return brand


def test_pages_show_a_new_name_as_soon_as_it_is_saved(client: Client):
    client.get(SIGN_IN)

    change_brand(name="Heraklion learns")

    assert "<title>Sign in – Heraklion learns</title>" in client.get(SIGN_IN).content.decode()


def test_pages_show_partners_and_the_funding_notice(client: Client):
    brand = change_brand(funding_notice="Paid by the town.")
    Partner.objects.create(brand=brand, name="Town library", url="https://library.example/")

    page = client.get(SIGN_IN).content.decode()

    assert ("Paid by the town." in page, 'href="https://library.example/"' in page) == (True, True)


def test_pages_name_no_stylesheet_while_the_accent_is_our_own(client: Client):
    assert "brand.css" not in client.get(SIGN_IN).content.decode()


def test_stylesheet_holds_the_accent_made_readable(client: Client):
    change_brand(accent="#ffcc00")

    page, styles = client.get(SIGN_IN), client.get("/brand.css")

    assert "/brand.css?" in page.content.decode()
    assert styles.content.decode() == "@layer tokens { :root { --accent-light: #604c04; --accent-dark: #ffcc00; } }\n"


def test_stylesheet_is_kept_by_browsers_and_changes_its_address(client: Client):
    change_brand(accent="#7a1f3d")
    first = client.get(SIGN_IN).content.decode().split("/brand.css?")[1][:8]

    change_brand(accent="#1f3d7a")
    second = client.get(SIGN_IN).content.decode().split("/brand.css?")[1][:8]

    assert "immutable" in client.get("/brand.css").headers["Cache-Control"]
    assert first != second


def test_admin_says_that_a_pale_accent_was_corrected(client: Client):
    brand = change_brand(accent="#ffcc00")
    client.force_login(make_administrator())

    page = client.get(f"/cms/settings/theme_brand/brandsettings/{brand.site_id}/").content.decode()

    assert "On light pages #ffcc00 is too pale to be read. Kyklos shows #604c04." in page


def test_admin_refuses_a_colour_written_otherwise():
    brand = change_brand()
    brand.accent = "teal"

    with pytest.raises(ValidationError, match="Write the colour as #rrggbb"):
        brand.full_clean()


def test_brand_is_read_once_and_then_kept(client: Client):
    client.get(SIGN_IN)

    with CaptureQueriesContext(connection) as captured:
        client.get(SIGN_IN)

    assert [query["sql"] for query in captured.captured_queries if "theme_brand" in query["sql"]] == []
