"""The copied database: what a test commits is gone for the next one."""

import pytest
from wagtail.models import Page

from tests.make import make_organisation


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round", [1, 2])
def test_each_test_starts_from_wagtails_first_pages_and_nothing_else(round: int):
    organisation = make_organisation(name="Only once")

    assert organisation.__class__.objects.count() == 1
    assert Page.objects.filter(depth=1).count() == 1
