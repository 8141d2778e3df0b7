"""A cohort with two mentors and three mentees, its coordinator signed in, and a run."""

from datetime import UTC, datetime

import pytest

from mentoring_ext.matching import actions
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.programmes.models import Role
from tests import make
from tests.mentoring_ext.matching import two_files

AT = datetime(2026, 9, 3, 12, tzinfo=UTC)


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


def pairs(run):
    """Return the mentor of each mentee, by keys."""
    return {proposal.mentee_id: proposal.mentor_id for proposal in run.proposals.all()}


@pytest.fixture
def cohort():
    return make.make_cohort()


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
def folder(tmp_path):
    """Return a folder with the files of mentors and mentees."""
    (tmp_path / "mentors.csv").write_bytes(two_files.as_csv(two_files.filled(two_files.MENTORS)))
    (tmp_path / "mentees.csv").write_bytes(two_files.as_csv(two_files.filled(two_files.MENTEES)))
    return tmp_path
