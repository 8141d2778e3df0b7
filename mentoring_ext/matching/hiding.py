"""Keeping names out of everything that is said while a cohort's pairs are decided without them."""

from collections.abc import Iterator
from contextlib import contextmanager

from lms.people.naming import calling
from mentoring_ext.matching.actions.naming import number_people
from mentoring_ext.matching.naming import Aliases, are_names_hidden
from mentoring_ext.programmes.models import Cohort


@contextmanager
def names_kept_out(cohort: Cohort) -> Iterator[bool]:
    """Call everybody of the cohort by a number within the block, where its names are hidden; yield whether they are."""
    hidden = are_names_hidden(cohort)
    with calling(Aliases(number_people(cohort)) if hidden else {}):
        yield hidden
