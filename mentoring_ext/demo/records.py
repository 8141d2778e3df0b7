"""Who agreed to what in the demo, and who opened confidential records."""

from lms.privacy.actions import give_consent
from mentoring_ext.demo.people import Demo
from mentoring_ext.programmes.models import Role
from mentoring_ext.sessions.actions import read_form
from mentoring_ext.sessions.models import Session


def agree_to_terms(demo: Demo) -> None:
    """Have everybody of the demo agree to how the site handles what it is told."""
    for person in demo.people.values():
        give_consent(person, "terms", at=demo.ago(weeks=10))


def open_records(demo: Demo) -> None:
    """Have the coordinators open the forms of the sessions that were registered lately."""
    latest = Session.objects.filter(state=Session.State.HELD, ends_at__gt=demo.ago(weeks=3)).order_by("ends_at")
    for session in latest.select_related("group__cohort", "plan"):
        coordinators = session.group.cohort.memberships.filter(role=Role.COORDINATOR).select_related("user")
        for held in coordinators:
            read_form(session, actor=held.user, at=demo.ago(days=1, hour=9))
