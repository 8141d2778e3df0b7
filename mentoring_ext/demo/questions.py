"""A question of the organisation's own on both sheets, and the coordinator who lets it count in the pairing."""

from typing import Any

from django.db.models import QuerySet

from lms.questionnaires.actions import new_form, publish_version, save_draft
from lms.questionnaires.models import Version
from lms.questionnaires.spec import QuestionSpec, SectionSpec
from mentoring_ext.demo.people import Demo
from mentoring_ext.matching.actions.further import add_factor
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile, Sheet
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

DEVICES = [["phone", "A telephone"], ["tablet", "A tablet"], ["laptop", "A laptop"], ["desktop", "A desktop computer"]]
SHEETS: dict[Role, type[Sheet]] = {Role.MENTEE: MenteeProfile, Role.MENTOR: MentorProfile}
WEEKS = 4


def ask_for_devices(demo: Demo) -> None:
    """Ask mentors and mentees of Elaia which devices they work on."""
    for role, text in ((Role.MENTEE, "What do you work on?"), (Role.MENTOR, "What can you help people with?")):
        question = QuestionSpec("devices", "choices", text, required=False, options=DEVICES)
        form = new_form(
            demo.organisations["elaia"],
            actor=demo.people["coordinator"],
            use=f"{role}_sheet",
            title=f"Devices of {Role(role).label.lower()}s",
            sections=[SectionSpec("Your devices", [question])],
            at=demo.ago(weeks=WEEKS),
        )
        publish_version(form, actor=demo.people["coordinator"], at=demo.ago(weeks=WEEKS))


def _sheets(model: type[Sheet], members: QuerySet[CohortMembership, Any]) -> list[Sheet]:
    return list(model._default_manager.filter(user__in=members).select_related("user").order_by("user__username"))


def let_devices_count(demo: Demo, cohort: Cohort, *, weeks: float) -> None:
    """Have most people of the cohort answer, and make the question a factor of its pairing."""
    for role, model in SHEETS.items():
        version = Version.objects.get(
            questionnaire__use=f"{role}_sheet", questionnaire__organisation=cohort.organisation
        )
        members = cohort.memberships.in_role(role).order_by("user__username").values("user")
        for place, sheet in enumerate(_sheets(model, members)):
            # Every fifth one did not answer: the pairing calls that "not known".
            first = place * 3 % len(DEVICES)
            chosen = sorted({DEVICES[first][0], DEVICES[(first + place) % len(DEVICES)][0]})
            answers = {"devices": chosen if place % 5 < 4 else None}
            save_draft(version, actor=sheet.user, subject=sheet, answers=answers, at=demo.ago(weeks=weeks))
    add_factor(
        cohort,
        actor=demo.people["coordinator"],
        label="Device to work on",
        mentee_question="devices",
        mentor_question="devices",
        rule="covered",
        at=demo.ago(weeks=weeks),
    )
