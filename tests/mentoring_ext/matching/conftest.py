"""A cohort with two mentors and three mentees and a run; published groups with a request for another match."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching import actions
from mentoring_ext.matching.actions.asking import ask_for_change
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.programmes.models import Role
from tests import make
from tests.mentoring_ext.matching import two_files

AT = datetime(2026, 9, 3, 12, tzinfo=UTC)
SECRET = "He never lets me speak."


def add_mentor(cohort, account=None, **fields):
    """Add a mentor who is ready; ``account`` is the key of the account."""
    user = make.make_member(cohort, Role.MENTOR, **({"pk": account} if account else {}))
    make.make_mentor_profile(user=user, **fields)
    return user


def add_mentee(cohort, account=None, **fields):
    """Add a mentee who is ready; ``account`` is the key of the account."""
    user = make.make_member(cohort, Role.MENTEE, **({"pk": account} if account else {}))
    make.make_mentee_profile(user=user, **fields)
    return user


def begin_sessions(group, number, at=AT):
    """Give the group its dates so that session ``number`` begins at ``at``."""
    return make.make_sessions(group, first_at=at - timedelta(weeks=number - 1))


def pairs(run):
    """Return the mentor of each mentee, by keys."""
    return {proposal.mentee_id: proposal.mentor_id for proposal in run.proposals.all()}


@pytest.fixture
def cohort():
    return make.make_cohort(ends_on=date(2026, 12, 20))


@pytest.fixture
def coordinator(cohort, client):
    user = make.make_coordinator(cohort, first_name="Cora")
    client.force_login(user)
    return user


@pytest.fixture
def people(cohort):
    """Two mentors with two places each, three mentees; the first mentor is the better one for two of them."""
    mentors = [add_mentor(cohort, capacity=2), add_mentor(cohort, capacity=2, interests=["games"])]
    return mentors, [add_mentee(cohort, interests=codes) for codes in (["music"], ["music", "film"], ["games"])]


@pytest.fixture
def run(cohort, coordinator, people):
    return actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)


@pytest.fixture
def mentors(cohort):
    """Two mentors with two places each: one likes music, one likes games."""
    return [add_mentor(cohort, capacity=2, interests=[code]) for code in ("music", "games")]


@pytest.fixture
def mentees(cohort, mentors):
    """Two who like music and two who like games: all places are taken."""
    return [add_mentee(cohort, interests=[code]) for code in ("music", "music", "games", "games")]


@pytest.fixture
def groups(cohort, coordinator, mentors, mentees):
    actions.publish_run(
        actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT), actor=coordinator, at=AT
    )
    return [MentoringGroup.objects.get(mentor=mentor) for mentor in mentors]


@pytest.fixture
def asked(groups, mentees):
    return ask_for_change(groups[0], mentees[0], actor=mentees[0], kind="contact", words=SECRET, at=AT)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the files of mentors and mentees."""
    (tmp_path / "mentors.csv").write_bytes(two_files.as_csv(two_files.filled(two_files.MENTORS)))
    (tmp_path / "mentees.csv").write_bytes(two_files.as_csv(two_files.filled(two_files.MENTEES)))
    return tmp_path
