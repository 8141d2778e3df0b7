"""Which mentors of a pairing lead a running group of the cohort already: what they get is a further one."""

from collections.abc import Iterable

from lms.people.models import User
from mentoring_ext.programmes.models import Cohort


def leading_in(cohort: Cohort, mentors: Iterable[User | None]) -> dict[int, list[User]]:
    """Return the mentees of the groups that these mentors lead now in ``cohort``, by the mentor's key."""
    found = cohort.groups.active().filter(mentor__in=[mentor for mentor in mentors if mentor]).with_people()
    led: dict[int, list[User]] = {}
    for group in found:
        led.setdefault(group.mentor_id, []).extend(member.user for member in group.mentees)
    return led
