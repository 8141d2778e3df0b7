"""Makers of the mentoring programme."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from lms.people.models import User
from lms.people.permissions import forget_roles
from lms.privacy.actions import give_consent
from lms.questionnaires.actions import compose_questionnaire, publish_version
from lms.questionnaires.models import Question, Response, Version
from lms.questionnaires.spec import QuestionSpec, SectionSpec
from mentoring_ext.agreements.actions import Terms, write_agreement
from mentoring_ext.agreements.models import Agreement
from mentoring_ext.applications.actions import start_plan
from mentoring_ext.applications.models import (
    Application,
    Appointment,
    AppointmentTime,
    Assignment,
    Call,
    Criterion,
    Interview,
    Letter,
    ReviewPlan,
    Stage,
)
from mentoring_ext.cycle.actions import propose_lesson
from mentoring_ext.cycle.board import rows_of
from mentoring_ext.cycle.models import ContentProposal
from mentoring_ext.evaluation.actions import evaluate_finished_group, hand_in
from mentoring_ext.evaluation.tasks_due import tasks_for
from mentoring_ext.groups.actions import open_group
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.invitations.actions import import_people
from mentoring_ext.invitations.models import PeopleImport
from mentoring_ext.practices.models import Practice
from mentoring_ext.practices.template import PARTS
from mentoring_ext.profiles.actions import index_mentor, request_contact, show_profile
from mentoring_ext.profiles.choices import PublicField
from mentoring_ext.profiles.models import (
    ContactRequest,
    MenteeProfile,
    MentorProfile,
    PublicProfile,
    SensitiveDetails,
)
from mentoring_ext.programmes.actions import open_cohort
from mentoring_ext.programmes.models import (
    ChecklistItem,
    ChecklistTemplate,
    Cohort,
    CohortMembership,
    Outcome,
    Phase,
    Programme,
    Role,
    SessionPlan,
    TemplateItem,
)
from mentoring_ext.registrations.models import Opening, Registration
from mentoring_ext.registrations.tokens import new_code
from mentoring_ext.sessions.actions import register_session, schedule_sessions
from mentoring_ext.sessions.models import Session
from mentoring_ext.workshops.models import Consultation, Workshop
from tests.make.lms import make_manager, make_organisation, make_user, make_version
from tests.make.numbers import numbers
from tests.make.oer import make_module
from tests.make.times import AUTUMN, JANUARY


# mentoring_ext.programmes
def make_programme(*, sessions: int = 3, **fields: Any) -> Programme:
    """Make a programme with its seven phases and so many session plans, each with one outcome."""
    number = next(numbers)
    defaults = {"name": f"Programme {number}", "slug": f"programme-{number}", "summary": "What it is about."}
    programme = Programme.objects.create(**defaults | fields)
    for code in Phase.Code:
        Phase.objects.create(programme=programme, code=code, name=str(code.label), text="What happens.")
    for place in range(1, sessions + 1):
        plan = SessionPlan.objects.create(programme=programme, title=f"Topic {place}", topic="Topic", text="The plan.")
        words = {"code": f"outcome-{place}", "text": f"Outcome {place}", "topic": "Topic", "competence": "1.1"}
        plan.outcomes.add(Outcome.objects.create(programme=programme, **words))
    return programme


def make_cohort(*, phase: str = Phase.Code.LAUNCH, **fields: Any) -> Cohort:
    """Make a cohort without members, with a programme of three sessions unless given, that began in January 2026."""
    programme = fields.setdefault("programme", None) or make_programme(sessions=3)
    number = next(numbers)
    defaults = {
        "organisation": None,
        "name": f"Cohort {number}",
        "country": "GR",
        "starts_on": date(2026, 1, 5),
        "ends_on": date(2026, 7, 5),
        "opened_at": JANUARY,
    }
    fields = defaults | fields | {"programme": programme, "phase": programme.phases.get(code=phase)}
    return Cohort.objects.create(**fields | {"organisation": fields["organisation"] or make_organisation()})


def make_member(cohort: Cohort, role: str, **fields: Any) -> User:
    """Make a person with this role in the cohort; ``user`` takes one who is there."""
    user: User = fields.pop("user", None) or make_user(**fields)
    CohortMembership.objects.create(cohort=cohort, user=user, role=role, joined_at=cohort.opened_at)
    forget_roles(user)
    return user


def make_coordinator(cohort: Cohort, **fields: Any) -> User:
    return make_member(cohort, Role.COORDINATOR, **fields)


def make_people_import(actor: User, cohort: Cohort) -> PeopleImport:
    """Make the report of a list that brought one person without an address into the cohort."""
    rows = f"name,cohort,role\nMaria Rossi Nr{next(numbers)},{cohort.name},mentee"
    _plan, made = import_people(BytesIO(rows.encode()), actor=actor, at=AUTUMN, name="people.csv", cohort=cohort)
    assert made is not None
    return made


def open_cohort_of(programme: Programme, **fields: Any) -> Cohort:
    """Open a cohort by the action, with its training and its checklist."""
    organisation = fields.setdefault("organisation", None) or make_organisation()
    fields |= {"organisation": organisation, "actor": make_manager(organisation)}
    defaults = {"name": f"Cohort {next(numbers)}", "country": "GR", "starts_on": date(2026, 1, 5), "at": JANUARY}
    return open_cohort(programme, **defaults | fields)


def make_checklist(programme: Programme, *texts: str, **fields: Any) -> ChecklistTemplate:
    """Make a template with an item for each text; a shipped one unless ``organisation`` is given."""
    template = ChecklistTemplate.objects.create(programme=programme, **{"name": f"List {next(numbers)}"} | fields)
    for text in texts:
        TemplateItem.objects.create(template=template, text=text)
    return template


def make_checklist_item(cohort: Cohort, **fields: Any) -> ChecklistItem:
    return ChecklistItem.objects.create(cohort=cohort, **{"text": f"Item {next(numbers)}"} | fields)


# mentoring_ext.profiles
SHEET: dict[str, Any] = {
    "state": "complete",
    "first_language": "el",
    "languages": ["el", "en"],
    "area": "arts.visual",
    "interests": ["music", "film"],
    "motives": ["work", "confidence"],
    "objectives": ["search", "create"],
    "digital_level": {"information": 2, "content": 1, "collaboration": 1, "marketing": 0, "problems": 1},
    "style_words": 3,
    "style_plan": 2,
    "style_group": 4,
    "style_pace": 3,
    "availability": [9, 10, 11, 34, 35],
    "online": True,
    "in_person": False,
    "support": ["steps", "practice"],
    "guidance": 3,
}


def make_mentor_profile(**fields: Any) -> MentorProfile:
    """Make a complete sheet, with its consent, of a mentor who stands in the mentors' database and its index."""
    own: dict[str, Any] = {
        "origin": MentorProfile.Origin.EXTERNAL,
        "entered_at": datetime(2026, 8, 1, 12, tzinfo=UTC) + timedelta(minutes=next(numbers)),
        "country": "GR",
        "headline": "Designer and trainer",
        "competences": ["content", "teaching"],
        "groups_before": 1,
        "capacity": 3,
        "digital_level": {"information": 4, "content": 4, "collaboration": 3, "marketing": 2, "problems": 3},
    }
    fields.setdefault("user", None)
    fields["user"] = fields["user"] or make_user()
    profile = MentorProfile.objects.create(**SHEET | own | fields)
    index_mentor(profile)
    _agree_to_be_matched(profile)
    return profile


def make_mentee_profile(**fields: Any) -> MenteeProfile:
    """Make a complete sheet of a mentee."""
    own: dict[str, Any] = {"goals": "Sell my jewellery on the internet.", "mixed_gender": "yes"}
    fields.setdefault("user", None)
    fields["user"] = fields["user"] or make_user()
    profile = MenteeProfile.objects.create(**SHEET | own | fields)
    _agree_to_be_matched(profile)
    return profile


def _agree_to_be_matched(profile: MentorProfile | MenteeProfile) -> None:
    if profile.is_complete:
        give_consent(profile.user, "matching", at=datetime(2026, 8, 2, 12, tzinfo=UTC))


def make_public_profile(mentor: MentorProfile | None = None, **fields: Any) -> PublicProfile:
    """Make what a mentor shows of the sheet, with the consent: everything, to mentees and staff."""
    mentor = mentor or make_mentor_profile()
    give_consent(mentor.user, "public_profile", at=AUTUMN)
    defaults: dict[str, Any] = {"shown": PublicField.values, "for_everybody": False, "at": AUTUMN}
    return show_profile(mentor, actor=mentor.user, **defaults | fields)


def make_contact_request(profile: PublicProfile, sender: User, **fields: Any) -> ContactRequest:
    """Make a request for contact that waits for the mentor's answer."""
    defaults: dict[str, Any] = {"purpose": "question", "message": "How did you begin?", "at": AUTUMN}
    return request_contact(profile, actor=sender, **defaults | fields)


def make_details(user: User, **told: Any) -> SensitiveDetails:
    """Make a person's sensitive details, with the consent."""
    give_consent(user, "sensitive", at=datetime(2026, 8, 2, 12, tzinfo=UTC))
    return SensitiveDetails.objects.create(user=user, **told)


# mentoring_ext.applications
APPLICATION_QUESTIONS = (
    QuestionSpec("first_name", "text", "First name", field="first_name"),
    QuestionSpec("last_name", "text", "Family name", field="last_name"),
    QuestionSpec("email", "email", "E-mail address", field="email"),
    QuestionSpec("country", "country", "Country", field="country"),
    QuestionSpec("headline", "text", "What you do", field="headline"),
    QuestionSpec("competences", "choices", "What you can help with", field="competences"),
    QuestionSpec("experience", "long_text", "Experience", field="experience"),
    QuestionSpec("motivation", "long_text", "Why", field="motivation"),
    QuestionSpec("picture", "picture", "Picture", field="picture", required=False),
    QuestionSpec("cv", "file", "Your CV", field="cv", required=False),
    QuestionSpec("taught", "yes_no", "Did you teach?", required=False),
    QuestionSpec("taught-what", "text", "What did you teach?", only_if="taught", only_if_answers=["yes"]),
    QuestionSpec("diploma", "file", "Your diploma", required=False),
)
"""What the calls of makers ask."""


def make_application_form(use: str = "application_external", **fields: Any) -> Version:
    """Make a published form of applications, or give the one that is there."""
    slug = fields.pop("slug", use.replace("_", "-") + "-made")
    there = Version.objects.published().filter(questionnaire__slug=slug).first()
    if there:
        return there
    sections = fields.pop("sections", None) or [SectionSpec("Who you are", APPLICATION_QUESTIONS)]
    heading = {"title": "Application", "use": use} | fields
    questionnaire = compose_questionnaire(slug, actor=None, sections=sections, **heading)
    return publish_version(questionnaire, actor=None, at=JANUARY)


def make_call(**fields: Any) -> Call:
    """Make a call that is open all the time."""
    number = next(numbers)
    cohort = fields.pop("cohort", None) or make_cohort()
    defaults = {
        "cohort": cohort,
        "organisation": cohort.organisation,
        "title": f"Mentors wanted {number}",
        "slug": f"mentors-wanted-{number}",
        "text": "We look for patient people.",
        "opens_on": date(2020, 1, 1),
        "closes_on": date(2100, 1, 1),
    }
    if "version" not in fields:
        defaults["version"] = make_application_form(f"application_{fields.get('audience', 'external')}")
    call = Call.objects.create(**defaults | fields)
    start_plan(call)
    return call


def make_application(**fields: Any) -> Application:
    """Make an application that arrived with its address confirmed."""
    number = next(numbers)
    if "call" not in fields:
        fields["call"] = make_call()
    applied_at = fields.setdefault("applied_at", datetime(2026, 9, 2, 12, tzinfo=UTC))
    defaults = {
        "version": fields["call"].version,
        "first_name": "Applicant",
        "last_name": f"Number{number}",
        "email": f"applicant{number}@example.org",
        "country": "GR",
        "headline": "Photographer and teacher",
        "competences": ["teaching"],
        "experience": "Ten years of courses for adults.",
        "motivation": "I like to see people grow.",
        "stage": Stage.RECEIVED,
        "consented_at": applied_at,
        "confirmed_at": applied_at,
    }
    return Application.objects.create(**defaults | fields)


def make_criterion(call: Call, **fields: Any) -> Criterion:
    """Make a criterion of weight 1; the call has no others unless they were made before."""
    ReviewPlan.objects.get_or_create(call=call)
    return Criterion.objects.create(**{"call": call, "name": f"Criterion {next(numbers)}", "weight": 1} | fields)


def make_assignment(application: Application, **fields: Any) -> Assignment:
    """Ask a person, made unless given as ``user``, to review an application."""
    user = fields.pop("user", None) or make_user()
    forget_roles(user)
    return Assignment.objects.create(application=application, user=user, assigned_at=AUTUMN, **fields)


def make_letter(application: Application, **fields: Any) -> Letter:
    """Make a letter that could not be sent."""
    defaults = {"purpose": "message", "subject": "Hello", "body": "Dear you.", "written_at": AUTUMN, "state": "failed"}
    return Letter.objects.create(**{"application": application} | defaults | fields)


def make_interview(application: Application, **fields: Any) -> Interview:
    defaults = {"held_on": AUTUMN.date(), "impression": "A good talk.", "written_at": AUTUMN}
    return Interview.objects.create(**{"application": application} | defaults | fields)


def make_appointment(application: Application, **fields: Any) -> Appointment:
    """Make an interview that is fixed for a day long from now."""
    starts_at = datetime(2099, 5, 4, 14, tzinfo=UTC)
    defaults = {"place": "Library", "state": "confirmed", "starts_at": starts_at, "offered_at": AUTUMN}
    appointment = Appointment.objects.create(**{"application": application} | defaults | fields)
    AppointmentTime.objects.create(appointment=appointment, starts_at=starts_at)
    return appointment


# mentoring_ext.groups
def make_group(cohort: Cohort | None = None, *, mentees: int = 2, **fields: Any) -> MentoringGroup:
    """Make a group of the cohort with a mentor, so many mentees, a chat room and a board."""
    cohort = cohort or make_cohort(phase=Phase.Code.INTRODUCTION)
    mentor = fields.pop("mentor", None) or make_member(cohort, Role.MENTOR)
    people = [make_member(cohort, Role.MENTEE) for _place in range(mentees)]
    return open_group(cohort, mentor=mentor, mentees=people, actor=fields.pop("actor", mentor), at=JANUARY)


# mentoring_ext.agreements
def make_agreement(group: MentoringGroup | None = None, **terms: Any) -> Agreement:
    """Make an agreement that nobody has signed."""
    group = group or make_group()
    words = ("frequency", "place", "goals", "responsibilities", "contact_limits", "rules", "privacy")
    defaults: dict[str, Any] = {word: f"About {word}." for word in words}
    defaults |= {"starts_on": date(2026, 1, 12), "ends_on": date(2026, 4, 12), "format": "online"}
    defaults |= {"session_count": 12, "session_minutes": 90}
    return write_agreement(group, actor=group.mentor, terms=Terms(**defaults | terms), at=JANUARY)


# mentoring_ext.sessions
def make_sessions(group: MentoringGroup | None = None, *, first_at: datetime = JANUARY) -> list[Session]:
    """Make all sessions of a group, a week apart from ``first_at``."""
    group = group or make_group()
    return schedule_sessions(group, actor=group.mentor, first_at=first_at)


def register(session: Session, **fields: Any) -> Session:
    """Register a session as held, with everybody there, two hours after it began."""
    group = session.group
    defaults: dict[str, Any] = {
        "actor": group.mentor,
        "starts_at": session.starts_at,
        "minutes": 90,
        "format": "online",
        "place": "",
        "description": "We worked.",
        "outcomes": list(session.plan.outcomes.all()),
        "attendance": dict.fromkeys(group.people()[1:], True),
        "occurrences": "",
        "at": session.starts_at + timedelta(hours=2),
    }
    return register_session(session, **defaults | fields)


# mentoring_ext.evaluation
def make_finished_group(cohort: Cohort | None = None, *, mentees: int = 2) -> MentoringGroup:
    """Make a group with a coordinator, a mentor and mentees whose only session is held and registered."""
    cohort = cohort or make_cohort()
    group = make_group(cohort, mentees=mentees, actor=make_coordinator(cohort))
    Session.objects.create(
        group=group,
        plan=cohort.programme.session_plans.all()[0],
        number=1,
        starts_at=AUTUMN,
        ends_at=AUTUMN + timedelta(minutes=90),
        state=Session.State.HELD,
        registered_at=AUTUMN + timedelta(hours=3),
        registered_by=group.mentor,
    )
    return group


def make_round(group: MentoringGroup | None = None) -> MentoringGroup:
    """Open the final evaluation of a finished group, and return the group."""
    group = group or make_finished_group()
    evaluate_finished_group(group, actor=None, at=AUTUMN + timedelta(hours=3))
    return group


def make_evaluation(
    person: User, answers: Mapping[str, Any] | None = None, *, scale: int = 4, at: datetime | None = None
) -> Response:
    """Hand in the person's next open evaluation: ``scale`` on every scale, and ``answers`` by question code."""
    task = next(task for task in tasks_for(person) if not task.is_done)
    questions = Question.objects.filter(section__version=task.round.version, kind=Question.Kind.SCALE)
    given = {question.code: scale for question in questions} | dict(answers or {})
    return hand_in(task, actor=person, answers=given, at=at or AUTUMN + timedelta(days=1))


# mentoring_ext.practices
def make_practice(group: MentoringGroup | None = None, **fields: Any) -> Practice:
    """Make a practice by the group's mentor with every part filled in; a draft unless ``state`` says else."""
    group = group or make_finished_group()
    written = {part.name: f"Text about {part.name}." for part in PARTS}
    defaults = {"title": f"Practice {next(numbers)}", "aspect": "tools", "saved_at": AUTUMN}
    if fields.get("state") == Practice.State.PUBLISHED:
        defaults["published_at"] = AUTUMN
    practice = Practice.objects.create(
        organisation=group.cohort.organisation, group=group, **written | defaults | fields
    )
    practice.authors.add(group.mentor)
    return practice


# mentoring_ext.cycle
def make_proposal(cohort: Cohort | None = None, **fields: Any) -> ContentProposal:
    """Make a proposal that cites everything on its cohort's board, after one mentee has evaluated."""
    if cohort is None:
        group = make_round()
        cohort = group.cohort
        make_evaluation(group.people()[1], {"tools-words": "The chat was hard to find."})
    author = fields.pop("author", None) or cohort.memberships.filter(role=Role.COORDINATOR)[0].user
    defaults: dict[str, Any] = {"title": f"Lesson {next(numbers)}", "aspect": "tools", "text": "Say how.", "at": AUTUMN}
    keys = fields.pop("keys", None) or [found.row.key for found in rows_of([cohort.pk])]
    module = fields.pop("module", None) or make_module()
    return propose_lesson(cohort, actor=author, module=module, keys=keys, **defaults | fields)


# mentoring_ext.workshops
def make_workshop(**fields: Any) -> Workshop:
    """Make an announced workshop of three hours in the year 2100."""
    starts_at = fields.pop("starts_at", datetime(2100, 5, 4, 15, tzinfo=UTC))
    defaults = {
        "organisation": None,
        "title": f"Workshop {next(numbers)}",
        "text": "What it is about.",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "book_until": starts_at - timedelta(days=1),
        "place": "Library",
        "state": "announced",
    } | fields
    return Workshop.objects.create(**defaults | {"organisation": defaults["organisation"] or make_organisation()})


def make_consultation(group: MentoringGroup, **fields: Any) -> Consultation:
    """Make a request for help that nobody has answered, for a year from 2100 on."""
    defaults = {
        "consultant": None,
        "asked_by": group.mentor,
        "organisation": group.cohort.organisation,
        "group": group,
        "scope": "What is hard.",
        "starts_on": date(2100, 1, 1),
        "ends_on": date(2100, 12, 31),
        "asked_at": JANUARY,
    } | fields
    return Consultation.objects.create(**defaults | {"consultant": defaults["consultant"] or make_user()})


# mentoring_ext.registrations
def make_opening(**fields: Any) -> Opening:
    """Make a registration for a cohort with a coordinator; its form asks name, address and one condition."""
    if "cohort" not in fields:
        fields["cohort"] = make_cohort()
        make_coordinator(fields["cohort"])
    if "version" not in fields:
        fields["version"] = make_version(
            QuestionSpec("first-name", "text", "First name", field="first_name"),
            QuestionSpec("last-name", "text", "Family name", field="last_name"),
            QuestionSpec("email", "email", "E-mail address", field="email", required=False),
            QuestionSpec("adult", "yes_no", "Are you 18 or older?"),
            use="registration",
        )
    defaults = {
        "title": f"Registration {next(numbers)}",
        "text": "Learn with a mentor.",
        "opens_on": date(2026, 9, 1),
        "closes_on": date(2026, 9, 30),
        "places": 3,
    }
    return Opening.objects.create(**defaults | fields)


def make_registration(opening: Opening, **fields: Any) -> Registration:
    """Make a registration that waits for a decision."""
    number = next(numbers)
    defaults = {
        "first_name": "Person",
        "last_name": f"Number{number}",
        "email": f"registered{number}@example.org",
        "code": new_code(),
        "state": "received",
        "since": AUTUMN,
    }
    return Registration.objects.create(opening=opening, **defaults | fields)
