"""The demo, step by step."""

from datetime import datetime
from io import StringIO

from django.core.management import call_command
from django.db import transaction

from forum.boards.actions import open_board
from forum.boards.models import Board
from lms.notices.actions import kinds
from lms.notices.models import MailChoice, Notice
from lms.people.models import User
from mentoring_ext.demo import closing, cohorts, mentors, pairing, questions, records, training, workshops
from mentoring_ext.demo.calls import receive_applications
from mentoring_ext.demo.people import Demo, make_accounts, make_organisations
from mentoring_ext.demo.registrations import register_mentees
from mentoring_ext.programmes.actions import open_cohort, transfer_programme
from mentoring_ext.programmes.models import Cohort, Phase, Programme

KEPT_UNREAD = 2
LATE_GROUP = 3


@transaction.atomic
def load_demo(at: datetime) -> Demo:
    """Make the whole demo as of ``at`` in one transaction; the same day gives the same demo."""
    demo = Demo(at=at)
    call_command("load_content", stdout=StringIO())
    call_command("load_programmes", stdout=StringIO())
    make_organisations(demo)
    make_accounts(demo)
    _hold_mail()
    _finished_cohort(demo)
    _running_cohort(demo)
    receive_applications(demo, _next_cohort(demo))
    register_mentees(demo, _cohort_elsewhere(demo))
    _copy_for_libraries(demo)
    _public_board(demo)
    mentors.fill_database(demo)
    mentors.show_mentors(demo)
    mentors.keep_views(demo)
    pairing.pair_with_some_left(demo)
    pairing.ask_for_another_match(demo)
    workshops.hold_workshops(demo)
    workshops.ask_from_outside(demo)
    training.learn_something(demo)
    records.agree_to_terms(demo)
    records.open_records(demo)
    _let_mail_go()
    return demo


def _finished_cohort(demo: Demo) -> None:
    cohort = cohorts.open_with_members(demo, "finished", name="Elaia, first circle", weeks=36, start=32)
    cohorts.prepare(demo, cohort, "finished", weeks=34)
    for group in cohorts.match(demo, cohort, weeks=33):
        cohorts.accompany(demo, group)
        cohorts.talk_in_group(demo, group, weeks=25)
    closing.evaluate(demo, cohort, weeks=19)
    closing.write_practices(demo, cohort, weeks=18)
    closing.turn_evidence_into_a_lesson(demo, cohort, weeks=16)
    closing.close(demo, cohort, weeks=15)


def _running_cohort(demo: Demo) -> None:
    cohort = cohorts.open_with_members(demo, "running", name="Elaia, second circle", weeks=10, start=5)
    cohorts.prepare(demo, cohort, "running", weeks=8)
    for place, group in enumerate(cohorts.match(demo, cohort, weeks=6, together=("mentor", "mentee"))):
        cohorts.accompany(demo, group, forgotten=int(place == LATE_GROUP))
        cohorts.talk_in_group(demo, group, weeks=0.4)
    cohorts.go_on(demo, cohort, Phase.Code.DEVELOPMENT)


def _copy_for_libraries(demo: Demo) -> None:
    place = demo.organisations["elaia"]
    transfer_programme(
        Programme.objects.get(slug="digital-readiness"),
        actor=demo.people["manager"],
        organisation=place,
        department=place.departments.get(name="Culture and libraries"),
        name="Digital readiness for libraries",
        at=demo.ago(days=4),
    )


def _next_cohort(demo: Demo) -> Cohort:
    cohort = cohorts.open_with_members(demo, "next", name="Elaia, third circle", weeks=3, start=-2)
    cohorts.prepare(demo, cohort, "next", weeks=1, without=2)
    cohorts.go_on(demo, cohort, Phase.Code.MATCHING)
    questions.ask_for_devices(demo)
    questions.let_devices_count(demo, cohort, weeks=0.7)
    cohorts.propose(demo, cohort, weeks=0.5)
    return cohort


def _cohort_elsewhere(demo: Demo) -> Cohort:
    return open_cohort(
        Programme.objects.get(slug="digital-readiness"),
        actor=demo.people["coordinator-ribeira"],
        organisation=demo.organisations["ribeira"],
        name="Ribeira, first circle",
        country="PT",
        starts_on=demo.ago(weeks=-5).date(),
        at=demo.ago(days=2),
    )


def _public_board(demo: Demo) -> None:
    board = open_board(
        "Meeting place",
        actor=demo.people["editor"],
        access=Board.Access.PUBLIC,
        text="Open to everybody: say who you are, ask, and share what works.",
    )
    speakers = [demo.people[name] for name in ("editor", "nikos", "clara", "learner", "mentor")]
    for place, row in enumerate(demo.words["public_topics"]):
        cohorts.talk_on_board(demo, board, speakers[place:] + speakers[:place], row, weeks=3 - place)


def _hold_mail() -> None:
    """Send nobody a mail for what happened in the demo's past."""
    MailChoice.objects.bulk_create(MailChoice(user=user, kind=kind) for user in User.objects.all() for kind in kinds())


def _let_mail_go() -> None:
    """Let everybody have mail again, and leave only the newest notices unread."""
    MailChoice.objects.all().delete()
    for user in User.objects.all():
        newest = Notice.objects.filter(recipient=user).order_by("-pk").values_list("pk", flat=True)[:KEPT_UNREAD]
        Notice.objects.filter(recipient=user).exclude(pk__in=list(newest)).update(read_at=user.date_joined)
