"""One small world for the permission matrix: a person in each role, and the objects that addresses name.

Each room adds its objects in a function of its own, listed in ``ROOMS`` after the rooms that it builds on. What is
called ``other_…`` belongs to other people of the same cohort, what is called ``far_…`` to another organisation.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone

from lms.people.actions import note_session
from lms.people.models import Invitation, Organisation, OrganisationMembership, User
from lms.people.tokens import token_of
from lms.privacy.models import ConsentVersion, Erasure
from lms.privacy.tokens import token_of as token_of_erasure
from lms.serving.models import NightlyRun
from mentoring_ext.applications.models import Application, Draft, DraftFile
from mentoring_ext.applications.tokens import confirm_token, draft_token, status_token
from mentoring_ext.groups.actions import add_document, open_group
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.matching.actions import run_matching
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import FurtherFactor, MatchRequest, PairRule, SheetQuestion
from mentoring_ext.profiles.actions import note_on_mentor, report_contact, save_view
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.programmes.models import Cohort, Phase, Role
from mentoring_ext.registrations.tokens import confirm_token as registration_token
from mentoring_ext.registrations.tokens import own_token, partner_token
from mentoring_ext.workshops.models import Booking, Material, ProgrammePoint, Scenario, ScenarioPart
from oer.library.models import CataloguePage
from tests import make

ROLES = (
    "visitor", "applicant", "stranger", "learner", "mentee", "mentor", "trainer", "coordinator", "manager", "editor",
    "administrator",
)  # fmt: skip


@dataclass
class World:
    """Who is there, by role (a visitor is nobody), and what is there, by the name that the table uses."""

    people: dict[str, User] = field(default_factory=dict)
    objects: dict[str, Model] = field(default_factory=dict)


def add_people(world: World) -> None:
    organisation = make.make_organisation()
    makers: dict[str, Callable[[], User]] = {
        "manager": lambda: make.make_manager(organisation),
        "trainer": make.make_trainer,
        "editor": make.make_editor,
        "administrator": make.make_administrator,
    }
    for role in ROLES:
        if role != "visitor":
            world.people[role] = makers.get(role, make.make_user)()
    department = make.make_department(organisation=organisation)
    staff = make.make_user(organisation=organisation)
    held = OrganisationMembership.objects.create(
        user=staff, organisation=organisation, department=department, role="coordinator"
    )
    world.objects |= {
        "organisation": organisation,
        "far_organisation": make.make_organisation(),
        "department": department,
        "far_department": make.make_department(),
        "someone": world.people["stranger"],
        "staff": staff,
        "staff_role": held,
    }


def add_notices(world: World) -> None:
    world.objects["notice"] = make.make_notice(recipient=world.people["mentee"])


def add_jobs(world: World) -> None:
    world.objects["job"] = make.make_job(owner=world.people["mentee"], state="done", result_file=make.make_file())


def add_sessions(world: World) -> None:
    """Add a browser elsewhere in which the mentee is signed in."""
    store = SessionStore()
    store.create()
    world.objects["away"] = note_session(
        world.people["mentee"], key=str(store.session_key), device="Firefox on Windows", at=make.AUTUMN
    )


def add_erasures(world: World) -> None:
    """Add an account that its owner wants erased, with the link that stops it, and one that an administrator erases."""
    for name, by in (("erasure", "stranger"), ("decided_erasure", "administrator")):
        person = world.people["stranger"] if by == "stranger" else make.make_user()
        erasure = Erasure.objects.create(
            user=person, asked_by=world.people[by], asked_at=make.JANUARY, due_at=datetime(2100, 1, 1, tzinfo=UTC)
        )
        vars(erasure)["token"] = token_of_erasure(erasure)
        world.objects[name] = erasure
    world.objects["consent_text"] = ConsentVersion.objects.newest_of("terms") or ConsentVersion()


def add_nights(world: World) -> None:
    world.objects["failed_night"] = NightlyRun.objects.create(
        night=make.JANUARY.date(), name="retention", started_at=make.JANUARY, finished_at=make.JANUARY, error="Broken"
    )


def add_invitation(world: World) -> None:
    """Add an invitation that nobody has accepted, with its link's text."""
    invited = make.make_user(password=None)
    invitation = Invitation.objects.create(user=invited, expires_at=datetime(2100, 1, 1, tzinfo=UTC))
    vars(invitation)["token"] = token_of(invitation)
    world.objects["invitation"] = invitation


def add_forms(world: World) -> None:
    """Add a form of the manager's organisation, with a section and two questions, a far one, and one that ships."""
    world.objects["shipped_form"] = make.make_version().questionnaire
    far = make.make_manager(make.make_organisation())
    for prefix, actor in (("", world.people["manager"]), ("far_", far)):
        form = make.make_form(actor)
        section = form.versions.get().sections.latest("order")
        world.objects |= {
            f"{prefix}form": form,
            f"{prefix}section": section,
            f"{prefix}question": section.questions.latest("order"),
        }


def add_cohort(world: World) -> None:
    """Add the cohort of coordinator, mentor and mentee, which the manager's organisation runs."""
    cohort = make.make_cohort(organisation=world.objects["organisation"])
    for role in Role.values:
        make.make_member(cohort, role, user=world.people[role])
    world.objects["cohort"] = cohort
    helped = make.make_cohort()
    make.make_member(helped, Role.COORDINATOR, user=world.people["coordinator"])
    world.objects["no_mail"] = make.make_member(helped, Role.MENTEE, email="")
    own = make.make_programme(sessions=2, organisation=cohort.organisation)
    world.objects |= {
        "own_programme": own,
        "own_phase": own.phases.all()[0],
        "own_plan": own.session_plans.all()[0],
        "far_programme": make.make_programme(organisation=make.make_organisation()),
    }


def add_checklists(world: World) -> None:
    """Add an item of the cohort's checklist, a checklist of its organisation with an item, and a shipped one."""
    cohort = Cohort.objects.get(pk=world.objects["cohort"].pk)
    own = make.make_checklist(cohort.programme, "Insurance", organisation=cohort.organisation)
    item = make.make_checklist_item(cohort, required=False, evidence=make.make_file())
    world.objects |= {
        "checklist_item": item,
        "checklist": own,
        "checklist_line": own.items.get(),
        "shipped_checklist": make.make_checklist(cohort.programme, "Data protection"),
    }


def add_people_import(world: World) -> None:
    """Add a list that the coordinator imported into a cohort of their own, so that it is nobody else's."""
    cohort = make.make_cohort(organisation=world.objects["organisation"])
    make.make_member(cohort, Role.COORDINATOR, user=world.people["coordinator"])
    world.objects |= {
        "import_cohort": cohort,
        "people_import": make.make_people_import(world.people["coordinator"], cohort),
        "people_check": make.make_people_check(world.people["coordinator"], cohort),
    }
    world.objects["open_invitation"] = Invitation.objects.get(user__email="", reason__contains=cohort.name)


def add_pairing(world: World) -> None:
    """Add the sheets of mentor and mentee, and a pairing of both that is not published."""
    world.objects["mentor"] = make.make_mentor_profile(user=world.people["mentor"])
    make.make_mentee_profile(user=world.people["mentee"])
    cohort = Cohort.objects.get(pk=world.objects["cohort"].pk)
    at = datetime(2026, 9, 3, 12, tzinfo=UTC)
    run = run_matching(cohort, actor=world.people["coordinator"], weights=DEFAULT_WEIGHTS, at=at)
    world.objects["sheets_check"] = make.make_sheets_check(world.people["coordinator"], cohort)
    rule = PairRule.objects.create(
        cohort=cohort,
        mentee=world.people["mentee"],
        mentor=make.make_member(cohort, Role.MENTOR),
        kind=PairRule.Kind.FAMILY,
        made_at=at,
    )
    other = make.make_member(cohort, Role.MENTOR)
    veto = PairRule.objects.create(
        cohort=cohort, mentee=world.people["mentee"], mentor=other, kind=PairRule.Kind.VETOED, made_at=at
    )
    world.objects["veto"] = veto
    factor = FurtherFactor.objects.create(cohort=cohort, label="Has a car", rule=FurtherFactor.Rule.SAME)
    question = SheetQuestion.objects.create(
        cohort=cohort, person=world.people["mentor"], role=Role.MENTOR, kind="place", asked_at=at
    )
    world.objects["sheet_question"] = question
    world.objects |= {"run": run, "proposal": run.proposals.get(), "pair_rule": rule, "further_factor": factor}


def add_mentors_database(world: World) -> None:
    """Add what the mentor shows and was asked, and the coordinator's note and saved view."""
    mentor = MentorProfile.objects.get(pk=world.objects["mentor"].pk)
    profile = make.make_public_profile(mentor)
    asked = make.make_contact_request(profile, world.people["mentee"])
    report_contact(asked, actor=world.people["mentor"], text="Rude.", at=make.JANUARY)
    coordinator = world.people["coordinator"]
    organisation = Organisation.objects.get(pk=world.objects["organisation"].pk)
    note = note_on_mentor(mentor, actor=coordinator, organisation=organisation, text="Calm.", at=make.JANUARY)
    view = save_view(actor=coordinator, name="Greek", query="language=el", organisation=organisation, at=make.JANUARY)
    world.objects |= {"public_profile": profile, "contact": asked, "mentor_note": note, "saved_view": view}


def add_groups(world: World) -> None:
    """Add the mentee's group with everything in it, and another group of the mentor that has no dates yet."""
    cohort = Cohort.objects.get(pk=world.objects["cohort"].pk)
    mentor, mentee = world.people["mentor"], world.people["mentee"]
    group = open_group(cohort, mentor=mentor, mentees=[mentee], actor=mentor, at=make.JANUARY)
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n%%EOF")
    world.objects |= {
        "programme": cohort.programme,
        "membership": cohort.memberships.get(user=mentee),
        "group": group,
        "new_group": make.make_group(cohort, mentor=mentor, mentees=1),
        "document": add_document(group, actor=mentor, title="Plan", upload=file, at=make.JANUARY),
        "agreement": make.make_agreement(group),
        "session": make.make_sessions(group)[0],
        "match_request": MatchRequest.objects.create(
            group=group, mentee=mentee, asked_by=mentee, kind="hours", words="No time.", asked_at=make.JANUARY
        ),
    }


def add_other_groups(world: World) -> None:
    """Add a group of other people in the same cohort, and one in a cohort of another organisation."""
    far = make.make_cohort(phase=Phase.Code.INTRODUCTION)
    make.make_coordinator(far)
    world.objects["far_cohort"] = far
    for prefix, cohort in (("other_", Cohort.objects.get(pk=world.objects["cohort"].pk)), ("far_", far)):
        group = make.make_group(cohort, mentees=1)
        topic = make.make_topic(group.board, actor=group.mentor)
        file = SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n%%EOF")
        added: dict[str, Model] = {
            "group": group,
            "document": add_document(group, actor=group.mentor, title="Plan", upload=file, at=make.JANUARY),
            "agreement": make.make_agreement(group),
            "session": make.make_sessions(group)[0],
            "board": group.board,
            "topic": topic,
            "post": topic.posts.get(),
            "room": group.room,
            "message": make.make_message(group.room, group.mentor),
        }
        world.objects |= {prefix + name: thing for name, thing in added.items()}


def add_former_group(world: World) -> None:
    """Add a group that the mentee was in for one session, and has left."""
    mentee = world.people["mentee"]
    group = make.make_group(Cohort.objects.get(pk=world.objects["cohort"].pk), mentees=1)
    session = make.make_sessions(group)[0]
    make.register(session, attendance=dict.fromkeys([*group.people()[1:], mentee], True))
    stay = {"joined_at": make.JANUARY, "left_at": session.starts_at + timedelta(days=1)}
    GroupMember.objects.create(group=group, user=mentee, **stay)
    world.objects |= {"former_group": group, "former_session": session}


def add_far_applications(world: World) -> None:
    call = make.make_call(cohort=world.objects["far_cohort"])
    world.objects |= {"far_call": call, "far_application": make.make_application(call=call)}


def add_applications(world: World) -> None:
    """Add a call with one application to confirm, one to decide on, and the applicant's own."""
    call = make.make_call(cohort=world.objects["cohort"])
    newcomer = make.make_application(call=call, stage="unconfirmed", confirmed_at=None)
    application = make.make_application(call=call, cv=make.make_file())
    make.make_application(call=call, user=world.people["applicant"])
    draft = Draft.objects.create(call=call, user=world.people["applicant"], saved_at=make.JANUARY)
    DraftFile.objects.create(draft=draft, field="cv", file=make.make_file())
    vars(draft)["token"], vars(draft)["code"] = draft_token(draft), "cv"
    vars(application)["name"] = "cv"
    vars(newcomer)["token"] = confirm_token(newcomer)
    vars(application)["token"] = status_token(application)
    world.objects |= {"call": call, "newcomer": newcomer, "application": application, "draft": draft}


def add_reviews(world: World) -> None:
    """Add what reviewing needs: the trainer is asked to review the application, and a letter was written."""
    application = Application.objects.get(pk=world.objects["application"].pk)
    coordinator = world.people["coordinator"]
    world.objects |= {
        "criterion": make.make_criterion(application.call),
        "assignment": make.make_assignment(application, user=world.people["trainer"]),
        "letter": make.make_letter(application),
        "record": make.make_interview(application, author=coordinator),
    }
    make.make_appointment(application, host=coordinator)


def add_workshops(world: World) -> None:
    """Add an announced and a planned workshop of the manager's organisation with all that belongs to one.

    The mentor has a place in the announced one; the mentee's group asked somebody else for help.
    """
    organisation, mentor = world.people["manager"].organisation, world.people["mentor"]
    workshop = make.make_workshop(organisation=organisation)
    Booking.objects.create(workshop=workshop, user=mentor, state=Booking.State.BOOKED, booked_at=make.JANUARY)
    own = {"organisation": organisation, "changed_at": make.JANUARY}
    scenario = Scenario.objects.create(**own, title="A case", published=True)
    group = MentoringGroup.objects.get(pk=world.objects["group"].pk)
    world.objects |= {
        "workshop": workshop,
        "draft_workshop": make.make_workshop(organisation=organisation, state="draft"),
        "point": ProgrammePoint.objects.create(workshop=workshop, title="Welcome"),
        "material": Material.objects.create(workshop=workshop, title="Slides", file=make.make_file()),
        "scenario": scenario,
        "draft_scenario": Scenario.objects.create(**own, title="Draft"),
        "part": ScenarioPart.objects.create(scenario=scenario, kind="situation", text="It began so."),
        "consultation": make.make_consultation(group),
    }


def add_registrations(world: World) -> None:
    """Add an open registration with people at each point of their way, and a partner who refers them."""
    today = timezone.localdate()
    opening = make.make_opening(cohort=world.objects["cohort"], opens_on=today, closes_on=today)
    for name, state in (("registered", "received"), ("registering", "started"), ("unconfirmed", "unconfirmed")):
        registration = make.make_registration(opening, state=state)
        vars(registration)["token"] = own_token(registration)
        world.objects[name] = registration
    vars(registration)["token"] = registration_token(registration)
    partner = opening.partners.create(name="Town", contact="Eva", email="eva@example.org")
    vars(partner)["token"] = partner_token(partner)
    world.objects |= {"opening": opening, "referrer": partner}


def add_training(world: World) -> None:
    """A module with a lesson and a quiz, which the learner takes, and what they have reached in it."""
    learner = world.people["learner"]
    module = make.make_module()
    lesson, quiz = make.make_lesson(module=module), make.make_quiz(course=module)
    make.make_enrolment(user=learner, course=module)
    world.objects |= {
        "catalogue": CataloguePage.objects.get(),
        "module": module,
        "draft_module": make.make_module(live=False),
        "lesson": lesson,
        "note": make.make_reflection(lesson=lesson, user=learner),
        "quiz": quiz,
        "attempt": make.make_attempt(quiz=quiz, user=learner),
        "certificate": make.make_certificate(user=learner, course=module),
    }


def add_forum(world: World) -> None:
    mentee, mentor = world.people["mentee"], world.people["mentor"]
    board, room = make.make_board(mentee, access="closed", moderators=[mentor]), make.make_room(mentee, mentor)
    topic = make.make_topic(board, actor=mentee, attachment=make.make_file())
    open_topic = make.make_topic(make.make_board(access="public"))
    world.objects |= {
        "board": board,
        "topic": topic,
        "post": topic.posts.get(),
        "open_topic": open_topic,
        "open_board": open_topic.board,
        "room": room,
        "message": make.make_message(room, mentee),
        "partner": mentor,
    }


def add_circle(world: World) -> None:
    """Add a finished group of mentor and mentee in a cohort of its own, its evaluation, practices and a proposal."""
    cohort = make.make_cohort(organisation=world.objects["organisation"])
    group = make.make_finished_group(cohort, mentees=1)
    for role in Role.values:
        make.make_member(cohort, role, user=world.people[role])
    group.mentor = world.people["mentor"]
    group.save()
    group.members.update(user=world.people["mentee"])
    make.make_round(group)
    make.make_evaluation(world.people["mentee"])
    world.objects |= {
        "evaluated": cohort,
        "round": cohort.evaluation_rounds.get(role=Role.MENTEE),
        "mentor_round": cohort.evaluation_rounds.get(role=Role.MENTOR),
        "pair": group.members.get(),
        "draft_practice": make.make_practice(group),
        "waiting_practice": make.make_practice(group, state="submitted", submitted_at=make.AUTUMN),
        "practice": make.make_practice(group, state="published"),
        "lesson_proposal": make.make_proposal(cohort, author=world.people["coordinator"]),
    }


ROOMS: list[Callable[[World], None]] = [
    add_people,
    add_notices,
    add_erasures,
    add_nights,
    add_sessions,
    add_jobs,
    add_invitation,
    add_forms,
    add_cohort,
    add_people_import,
    add_checklists,
    add_pairing,
    add_mentors_database,
    add_groups,
    add_applications,
    add_reviews,
    add_workshops,
    add_registrations,
    add_training,
    add_forum,
    add_other_groups,
    add_former_group,
    add_far_applications,
    add_circle,
]


def make_world() -> World:
    """Make all objects of the matrix."""
    world = World()
    for add_room in ROOMS:
        add_room(world)
    return world
