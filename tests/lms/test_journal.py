"""The journal: who did what to what."""

import pytest

from lms.journal import wagtail_hooks
from lms.journal.actions import record
from lms.journal.models import Entry
from tests.make import make_organisation, make_user

pytestmark = pytest.mark.django_db


def test_record_keeps_actor_verb_object_and_context():
    actor, thing, context = make_user(), make_user(first_name="Ada", last_name="Byron"), make_organisation()

    entry = record("invited", thing, actor=actor, context=context, data={"as": "mentor"})

    entry.refresh_from_db()
    assert (entry.actor, entry.verb, entry.object, entry.context) == (actor, "invited", thing, context)
    assert (entry.object_text, entry.data) == ("Ada Byron", {"as": "mentor"})


def test_record_refuses_a_verb_that_the_vocabulary_does_not_have():
    before = Entry.objects.count()

    with pytest.raises(ValueError, match="hugged"):
        record("hugged", make_user(), actor=None)

    assert Entry.objects.count() == before


def test_erasing_a_person_keeps_the_entry_without_the_name():
    actor = make_user()
    entry = record("created", make_organisation(), actor=actor)

    wagtail_hooks.erase(actor)

    entry.refresh_from_db()
    assert entry.actor is None
