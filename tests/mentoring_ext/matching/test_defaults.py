from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from lms.journal.models import Entry
from mentoring_ext.matching import errors
from mentoring_ext.matching.actions import run_matching
from mentoring_ext.matching.actions.defaults import set_defaults
from mentoring_ext.matching.actions.running import standard_options
from mentoring_ext.matching.actions.wishing import change_round
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import MatchRun, PairingDefaults, WishRound
from mentoring_ext.matching.naming import are_names_hidden
from mentoring_ext.matching.privacy import erase
from mentoring_ext.programmes.actions import transfer_programme
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor

pytestmark = pytest.mark.django_db
OPTIONS = {"size": 2, "minimum": 1, "objective": "fair", "common_slot": True, "meeting": False, "online": True}


@pytest.fixture
def programme():
    """A copy that an organisation keeps, with groups of up to three."""
    return make.make_programme(organisation=make.make_organisation(), group_size=3)


@pytest.fixture
def manager(programme, client):
    user = make.make_manager(programme.organisation)
    client.force_login(user)
    return user


@pytest.fixture
def cohort(programme):
    return make.make_cohort(programme=programme, organisation=programme.organisation)


def put(programme, actor, **fields):
    told = {"weights": DEFAULT_WEIGHTS | {"area": 5}, "options": OPTIONS, "wishes": False, "blind": False}
    return set_defaults(programme, actor=actor, at=AT, **told | fields)


def page(programme):
    return reverse("mentoring_matching:defaults_edit", args=[programme.slug])


def test_a_cohort_begins_with_what_the_programme_sets(client, programme, manager, cohort):
    put(programme, manager, blind=True)
    client.force_login(make.make_coordinator(cohort))

    form = client.get(reverse("mentoring_matching:run_list", args=[cohort.pk])).context["form"]

    assert form["area"].value() == 5
    assert [form[name].value() for name in ("size", "objective", "common_slot", "online")] == [2, "fair", True, True]
    assert standard_options(cohort).meeting is False
    assert are_names_hidden(cohort)
    assert Entry.objects.get(verb="changed", context_id=programme.pk).data["blind"] is True


def test_every_group_has_a_common_hour_where_nobody_chose_otherwise(client, programme, manager, cohort):
    address = reverse("mentoring_matching:run_list", args=[cohort.pk])
    client.force_login(make.make_coordinator(cohort))
    assert client.get(address).context["form"]["common_slot"].value() is True

    put(programme, manager, options=OPTIONS | {"common_slot": False})

    assert client.get(address).context["form"]["common_slot"].value() is False
    assert standard_options(cohort).common_slot is False


@pytest.mark.parametrize("kept", [{}, {"size": 2, "minimum": 1, "objective": "total", "common_slot": False}])
def test_a_cohort_that_paired_without_a_common_hour_goes_on_so(client, cohort, kept):
    coordinator = make.make_coordinator(cohort)
    client.force_login(coordinator)
    add_mentor(cohort)
    add_mentee(cohort)
    run = run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    MatchRun.objects.filter(pk=run.pk).update(options=kept)

    form = client.get(reverse("mentoring_matching:run_list", args=[cohort.pk])).context["form"]
    client.post(reverse("mentoring_matching:run_again", args=[cohort.pk, run.pk]))

    assert form["common_slot"].value() is False
    assert MatchRun.objects.exclude(pk=run.pk).get().options["common_slot"] is False


def test_defaults_never_exceed_the_programme(programme, manager, cohort):
    put(programme, manager)
    programme.group_size = 1
    programme.save()
    cohort.refresh_from_db()

    assert (standard_options(cohort).size, standard_options(cohort).minimum) == (1, 1)


def test_defaults_are_checked(programme, manager):
    with pytest.raises(errors.WeightsWrong):
        put(programme, manager, weights={"age": 0})
    with pytest.raises(errors.OptionsWrong):
        put(programme, manager, options=OPTIONS | {"minimum": 3})


def test_the_page_keeps_what_is_set_and_says_what_is_wrong(client, programme, manager):
    form = client.get(page(programme)).context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"lone": "never", "size": 3, "blind": "on"}
    typed = {name: value for name, value in typed.items() if value not in (False, None)}

    wrong = client.post(page(programme), typed | {"age": 9})
    larger = client.post(page(programme), typed | {"size": 4})
    right = client.post(page(programme), typed | {"weight_wishes": 4})

    assert (wrong.status_code, wrong.context["form"].errors["age"]) == (422, ["5 is the highest weight."])
    assert wrong.context["form"]["age"].value() == "9"
    assert larger.context["form"].errors["size"]
    assert right.status_code == 302
    kept = PairingDefaults.objects.get(programme=programme)
    assert (kept.blind, kept.wishes, kept.weights["wishes"], kept.options["minimum"]) == (True, False, 4, 2)
    assert kept.changed_by == manager


def test_wishes_open_only_where_the_programme_allows_them(client, programme, manager, cohort):
    coordinator = make.make_coordinator(cohort)
    client.force_login(coordinator)
    address = reverse("mentoring_matching:wish_round", args=[cohort.pk])
    with pytest.raises(errors.WishesNotAllowed):
        change_round(cohort, actor=coordinator, is_open=True, at=AT)
    refused = client.post(address, {"open": "1"}, follow=True).content.decode()
    put(programme, manager, wishes=True)

    client.post(address, {"open": "1"})
    put(programme, manager, wishes=False)
    stays = change_round(cohort, actor=coordinator, is_open=True, at=AT)

    assert "does not let mentees name mentors" in refused
    assert "Ask the mentees" not in refused
    assert stays.is_open


def test_programmes_whose_cohorts_asked_for_wishes_allow_them(cohort, programme):
    WishRound.objects.create(cohort=cohort, changed_at=AT)
    other = make.make_programme()

    import_module("mentoring_ext.matching.migrations.0011_allow_wishes_where_asked").allow(apps, None)

    assert PairingDefaults.objects.get().programme == programme
    assert PairingDefaults.objects.get().wishes
    assert not PairingDefaults.objects.filter(programme=other).exists()


def test_a_copied_programme_takes_its_defaults_along(programme, manager):
    put(programme, manager, blind=True)

    copy = transfer_programme(
        programme, actor=manager, organisation=programme.organisation, department=None, name="Second", at=AT
    )

    assert (copy.pairing_defaults.blind, copy.pairing_defaults.options["size"]) == (True, 2)


def test_who_set_the_defaults_can_be_erased(programme, manager):
    put(programme, manager)

    erase(manager)

    assert PairingDefaults.objects.get().changed_by is None
