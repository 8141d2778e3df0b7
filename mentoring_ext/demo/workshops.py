"""The demo's workshops: one that was held, one to book; and a consultation."""

from datetime import timedelta
from typing import Any

from lms.people.models import User
from mentoring_ext.demo.people import Demo
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.workshops.actions import (
    announce_workshop,
    answer_request,
    ask_for_help,
    ask_question,
    book_place,
    note_attendance,
    plan_workshop,
    write_point,
)
from mentoring_ext.workshops.loading import load_scenarios
from mentoring_ext.workshops.models import Scenario, Workshop


def hold_workshops(demo: Demo) -> None:
    """Fill the library, hold a workshop three weeks ago, and announce one in two weeks."""
    load_scenarios(demo.at)
    past, coming = demo.words["workshops"]
    _hold(demo, _plan(demo, past, weeks=3), past)
    workshop = _plan(demo, coming, weeks=-2)
    for name in coming["people"]:
        book_place(workshop, actor=demo.people[name], at=demo.ago(days=1))


def _plan(demo: Demo, row: dict[str, Any], *, weeks: float) -> Workshop:
    starts_at = demo.ago(weeks=weeks, hour=17)
    planner = demo.people["coordinator"]
    values = {
        "title": row["title"],
        "text": row["text"],
        "prepares": row["prepares"],
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "place": row["place"],
        "link": "",
        "places": row["places"],
        "book_until": starts_at - timedelta(days=1),
        "held_by": demo.people["trainer"],
    }
    at = starts_at - timedelta(weeks=4)
    workshop = plan_workshop(None, actor=planner, organisation=demo.organisations["elaia"], values=values, at=at)
    for point in row["programme"]:
        scenario = Scenario.objects.filter(title=point.get("scenario")).first()
        words = {"title": point["title"], "minutes": point["minutes"], "text": "", "scenario": scenario}
        write_point(workshop, actor=planner, values=words, at=at)
    return announce_workshop(workshop, actor=planner, at=at)


def _hold(demo: Demo, workshop: Workshop, row: dict[str, Any]) -> None:
    people: list[User] = [demo.people[name] for name in row["people"]]
    before = workshop.starts_at - timedelta(days=7)
    bookings = [book_place(workshop, actor=person, at=before) for person in people]
    asked = row["question"]
    ask_question(workshop, actor=people[0], title=asked["title"], text=asked["text"], at=workshop.ends_at)
    present = {booking.pk for booking in bookings[:-1]}
    note_attendance(workshop, actor=demo.people["trainer"], present=present, at=workshop.ends_at)


def ask_from_outside(demo: Demo) -> None:
    """Let a group that runs ask a mentor who is not of its cohort for help."""
    mentor = demo.people["mentor"]
    group = MentoringGroup.objects.active().filter(mentor=mentor).select_related("cohort__organisation").first()
    taken = MentoringGroup.objects.active().order_by().values("mentor")
    helper = MentorProfile.objects.entered().exclude(user__in=taken).exclude(user=mentor).order_by("pk").first()
    if group is None or helper is None:
        return
    words = demo.words["consultation"]
    consultation = ask_for_help(
        helper.user,
        actor=mentor,
        organisation=group.cohort.organisation,
        group=group,
        scope=words["scope"],
        starts_on=demo.ago(days=5).date(),
        ends_on=demo.ago(weeks=-2).date(),
        at=demo.ago(days=6),
    )
    answer_request(consultation, actor=helper.user, accept=True, answer=words["answer"], at=demo.ago(days=5))
