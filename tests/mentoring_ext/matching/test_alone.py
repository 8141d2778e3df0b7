"""Lone mentees: only where nothing else is possible, chosen in a form, explained, and kept for what was before."""

import pytest
from django.urls import reverse

from mentoring_ext.matching import actions
from mentoring_ext.matching.actions.defaults import set_defaults
from mentoring_ext.matching.actions.running import standard_options
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import MatchRun, PairRule
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.repeating import protocol_of, repeat_run
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor, pairs

pytestmark = pytest.mark.django_db

FORM = DEFAULT_WEIGHTS | {"size": 3, "objective": "total", "meeting": "on"}


def bench(cohort):
    return reverse("mentoring_matching:run_list", args=[cohort.pk])


def run_by_form(client, cohort, **asked):
    answer = client.post(bench(cohort), FORM | asked, follow=True)
    return MatchRun.objects.first(), answer.content.decode()


def why(client, run, mentee):
    proposal = run.proposals.get(mentee=mentee)
    return client.get(reverse("mentoring_matching:proposal_detail", args=[run.cohort_id, run.pk, proposal.pk]))


@pytest.fixture
def alike(cohort, coordinator):
    """Two mentors; the second one is better for one of three mentees, who could be with the others."""
    mentors = [add_mentor(cohort, capacity=3), add_mentor(cohort, capacity=3, interests=["games"])]
    return mentors, [add_mentee(cohort, interests=codes) for codes in (["music"], ["music", "film"], ["games"])]


@pytest.fixture
def parted(cohort, coordinator):
    """Two mentors; one of three mentees can only go to the second one, who speaks nobody else's language."""
    mentors = [add_mentor(cohort, capacity=3), add_mentor(cohort, capacity=3, languages=["de"], first_language="de")]
    mentees = [add_mentee(cohort) for _ in range(2)]
    return mentors, [*mentees, add_mentee(cohort, languages=["de"], first_language="de")]


def test_a_new_cohort_leaves_nobody_alone_who_need_not_be(client, cohort, alike):
    form = client.get(bench(cohort)).context["form"]
    assert form["lone"].value() == "avoid"
    assert "minimum" not in form.fields

    run, page = run_by_form(client, cohort, lone="avoid")
    free, _page = run_by_form(client, cohort, lone="free")

    assert len(set(pairs(run).values())) == 1
    assert len(set(pairs(free).values())) == 2
    assert (run.alone["number"], run.optimal, run.options["avoid_alone"]) == (0, True, True)
    assert "only where nothing else is possible" in page
    verify_run(run)
    assert repeat_run(run).is_same


def test_never_and_as_good_as_others_are_kept_and_shown_again(client, cohort, alike):
    for lone, minimum in (("never", 2), ("free", 1), ("avoid", 1)):
        run, _page = run_by_form(client, cohort, lone=lone)

        assert (run.options["minimum"], Options.of(run.options).lone) == (minimum, lone)
        assert client.get(bench(cohort)).context["form"]["lone"].value() == lone


def test_a_run_from_before_stays_as_it_was(client, cohort, alike):
    run, _page = run_by_form(client, cohort, lone="free")
    MatchRun.objects.update(options={name: value for name, value in run.options.items() if name != "avoid_alone"})

    assert client.get(bench(cohort)).context["form"]["lone"].value() == "free"
    assert repeat_run(MatchRun.objects.get(pk=run.pk)).is_same


def test_defaults_from_before_stay_as_they_were(cohort):
    programme = cohort.programme
    assert standard_options(cohort).avoid_alone
    given = {"weights": DEFAULT_WEIGHTS, "wishes": False, "blind": False, "at": AT}
    actor = make.make_user()

    set_defaults(programme, actor=actor, options={"size": 3, "minimum": 1}, **given)
    assert standard_options(cohort).lone == "free"
    set_defaults(programme, actor=actor, options={"size": 3, "minimum": 2}, **given)
    assert standard_options(cohort).lone == "never"


def test_pairs_are_asked_nothing_about_it(client, cohort, coordinator):
    add_mentor(cohort, capacity=1)
    add_mentee(cohort)
    cohort.programme.group_size = 1
    cohort.programme.save()

    form = client.get(bench(cohort)).context["form"]
    run, page = run_by_form(client, cohort, size=1)

    assert "lone" not in form.fields
    assert Options.of(run.options).lone == "free"
    assert "because this mentor has no other free place" in page


def test_larger_groups_can_have_a_larger_smallest_size(client, cohort, alike):
    cohort.programme.group_size = 5
    cohort.programme.save()
    assert client.get(bench(cohort)).context["form"]["minimum"].value() == 2

    run, _page = run_by_form(client, cohort, lone="never", minimum=3)

    assert run.options["minimum"] == 3
    assert client.get(bench(cohort)).context["form"]["minimum"].value() == 3


def test_a_wrong_choice_is_said_beside_the_field(client, cohort, alike):
    answer = client.post(bench(cohort), FORM | {"lone": "perhaps"})

    assert answer.status_code == 422
    assert "lone" in answer.context["form"].errors


def test_who_is_alone_is_explained(client, cohort, parted):
    mentors, mentees = parted

    run, page = run_by_form(client, cohort, lone="avoid")

    assert pairs(run)[mentees[2].pk] == mentors[1].pk
    assert run.alone == {"number": 1, "fewer": 1, "is_exact": True}
    assert "the rules let nobody else go to this mentor" in page
    assert "With nobody alone 1 mentee fewer would have a mentor." in page
    answer = why(client, run, mentees[2])
    text = answer.content.decode()
    assert "Why alone?" in text
    assert "no common language" in text
    assert [barred.number for barred in answer.context["alone"].barred] == [2]
    assert why(client, run, mentees[0]).context["alone"] is None


def test_who_is_locked_elsewhere_is_named(client, cohort, parted):
    mentors, mentees = parted
    both = add_mentee(cohort, languages=["de", "en"], first_language="de")
    lock = {"kind": PairRule.Kind.FIXED, "reason": "They know each other", "made_at": AT}
    PairRule.objects.create(cohort=cohort, mentee=both, mentor=mentors[0], **lock)

    run, page = run_by_form(client, cohort, lone="avoid")

    assert "all others who could come are locked elsewhere" in page
    answer = why(client, run, mentees[2])
    assert answer.context["alone"].could == []
    assert "locked to another mentor" in answer.content.decode()
    assert both in [person for barred in answer.context["alone"].barred for person in barred.people]


def test_who_else_could_come_is_solved(client, cohort, parted):
    _mentors, mentees = parted
    add_mentor(cohort, capacity=3, languages=["fr"], first_language="fr")
    french = add_mentee(cohort, languages=["fr"], first_language="fr")
    both = add_mentee(cohort, languages=["de", "fr"], first_language="de")

    run, page = run_by_form(client, cohort, lone="avoid")

    assert "or others be alone" in page
    home = pairs(run)[both.pk]
    lone = mentees[2] if home == pairs(run)[french.pk] else french
    (other,) = why(client, run, lone).context["alone"].could
    lock = {"kind": PairRule.Kind.FIXED, "reason": "So", "made_at": AT}
    PairRule.objects.create(cohort=cohort, mentee=both, mentor_id=pairs(run)[lone.pk], **lock)
    again, _page = run_by_form(client, cohort, lone="avoid")
    lost = round((run.total - again.total) / 10_000)
    assert (other.mentee, other.words) == (both, f"The whole would lose {lost} points.")
    assert lost > 1


def test_without_avoiding_it_the_card_says_so(client, cohort, alike):
    _run, page = run_by_form(client, cohort, lone="free")

    assert "One mentee alone. This pairing did not avoid that." in page


def test_the_effect_and_two_runs_side_by_side_count_them(client, cohort, alike):
    effect = client.post(bench(cohort), FORM | {"lone": "free", "effect": "1"}).context["effect"]
    assert effect.alone == 1
    for lone in ("free", "avoid"):
        run_by_form(client, cohort, lone=lone)

    rows = client.get(reverse("mentoring_matching:run_compare", args=[cohort.pk])).context["comparison"].rows

    said = {str(name): (str(first), str(second)) for name, first, second in rows}
    assert said["Mentees alone with a mentor"] == ("1", "0")
    assert said["Lone mentees"] == ("as good as others", "only where nothing else is possible")


def test_the_protocol_holds_number_and_proof(client, cohort, parted):
    run, _page = run_by_form(client, cohort, lone="avoid")

    kept = protocol_of(run)
    text = client.get(reverse("mentoring_matching:run_protocol", args=[cohort.pk, run.pk])).content.decode()

    assert kept["result"]["alone"] == {"number": 1, "fewer": 1, "is_exact": True}
    assert kept["certificate"]["small"] == 1
    assert kept["options"]["avoid_alone"] is True
    assert "That there cannot be fewer is proven, and can be checked." in text


def test_moving_somebody_away_warns_and_says_so_afterwards(client, cohort, alike):
    mentors, mentees = alike
    run, _page = run_by_form(client, cohort, lone="avoid")
    home = pairs(run)[mentees[2].pk]
    other = next(mentor for mentor in mentors if mentor.pk != home)
    proposal = run.proposals.get(mentee=mentees[2])

    page = client.get(reverse("mentoring_matching:proposal_move", args=[cohort.pk, run.pk, proposal.pk]))
    assert f"One mentee would be alone with {other}" in page.content.decode()
    actions.move_mentee(run, mentees[2], other, reason="They asked", actor=run.made_by, at=AT)

    assert "One mentee alone, since changes by hand." in client.get(run.get_absolute_url()).content.decode()


def test_what_an_exclusion_costs_counts_who_would_be_alone(client, cohort, parted):
    both = add_mentee(cohort, languages=["de", "en"], first_language="de")
    run, _page = run_by_form(client, cohort, lone="avoid")
    assert run.alone["number"] == 0
    proposal = run.proposals.get(mentee=both)

    page = client.get(reverse("mentoring_matching:proposal_forbid", args=[cohort.pk, run.pk, proposal.pk]))

    assert "1 mentee more would be alone with a mentor." in page.content.decode()
