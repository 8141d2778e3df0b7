"""Bringing many people into a cohort at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.courses.actions import enrol_people
from lms.courses.models import CoursePage
from lms.journal.actions import record_each
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.programmes.actions.running import check_running
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

BATCH = 500


@transaction.atomic
def add_members(cohort: Cohort, people: Sequence[User], *, actor: User | None, role: str, at: datetime) -> list[User]:
    """Give each of these people the role in the cohort, as ``add_member`` does for one; return whom it is new for.

    A fixed number of statements for each few hundred people. The caller has seen that nobody becomes mentor and mentee.
    Raises ``CohortFinished``; ``IntegrityError`` when somebody else brings in the same person at the same moment.
    """
    check_running(cohort)
    held = {one.user_id: one for one in _memberships_of(cohort, people, role)}
    back = [one for one in held.values() if one.state == CohortMembership.State.LEFT]
    for membership in back:
        membership.state, membership.joined_at, membership.ended_at = CohortMembership.State.ACTIVE, at, None
    CohortMembership.objects.bulk_update(back, ["state", "joined_at", "ended_at"], batch_size=BATCH)
    new = [CohortMembership(cohort=cohort, user=one, role=role, joined_at=at) for one in people if one.pk not in held]
    CohortMembership.objects.bulk_create(new, batch_size=BATCH)
    returned = {membership.user_id for membership in back}
    joined = [person for person in people if person.pk not in held or person.pk in returned]
    data = ((cohort, {"user": person.pk, "role": role}) for person in joined)
    record_each("joined", data, actor=actor, context=cohort, at=at)
    text = _("You take part in “%(cohort)s” as %(role)s.") % {"cohort": cohort, "role": Role(role).label.lower()}
    notify(joined, "cohort_joined", text, cohort.get_absolute_url(), exclude=actor)
    required = cohort.requirements.filter(role=role).order_by("course").values("course")
    for course in CoursePage.objects.live().filter(pk__in=required):
        enrol_people(course, joined, reason=_("“%(cohort)s” asks for it.") % {"cohort": cohort.name}, at=at)
    return joined


def _memberships_of(cohort: Cohort, people: Sequence[User], role: str) -> list[CohortMembership]:
    keys = [person.pk for person in people]
    parts = [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
    memberships = cohort.memberships.select_for_update().filter(role=role).order_by("pk")
    return [membership for part in parts for membership in memberships.filter(user__in=part)]
