"""Coming in and going out."""

import pytest

from tests.make import make_user


@pytest.mark.journey
def test_a_person_signs_in_and_finds_the_first_page(person):
    make_user(username="ada")
    ada = person("ada")

    ada.visit("/")
    ada.sign_in("ada")
    ada.visit("/home/")

    assert ada.page.get_by_role("heading", level=1).count() == 1
