"""Who can be paired in a cohort, who is not ready and why, and the sheets as plain facts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.plugins import Text
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.matching.facts import Facts, Sides
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile, SensitiveDetails, Sheet
from mentoring_ext.programmes.actions import Readiness, readiness
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

NO_DETAILS = SensitiveDetails()


@dataclass(frozen=True)
class NotReady:
    """Somebody of the cohort who cannot be paired yet, and everything that is missing."""

    user: User
    role: str
    reasons: list[Text]


@dataclass(frozen=True)
class Pool:
    """The cohort's people: ready mentees and mentors as facts (``key`` is the user's id), and who is not ready."""

    sides: Sides
    not_ready: list[NotReady]
    in_groups: int

    @property
    def places(self) -> int:
        """Free places of all ready mentors."""
        return int(self.sides.capacity.sum())


def pool_of(cohort: Cohort) -> Pool:
    """Read the cohort's people in a fixed number of queries; who is in a group already is not paired again."""
    members = [row for row in readiness(cohort) if row.member.state == CohortMembership.State.ACTIVE]
    users = [row.member.user_id for row in members]
    grouped = set(GroupMember.objects.present().filter(group__in=_running(cohort)).values_list("user_id", flat=True))
    waiting = [row for row in members if row.member.role == Role.MENTOR or row.member.user_id not in grouped]
    mentors = {sheet.user_id: sheet for sheet in MentorProfile.objects.filter(user__in=users).select_related("user")}
    mentees = {sheet.user_id: sheet for sheet in MenteeProfile.objects.filter(user__in=users).select_related("user")}
    details = {d.user_id: d for d in SensitiveDetails.objects.filter(user__in=users).exclude(consented_at=None)}
    taken = _mentees_of(list(mentors))
    history = _groups_of(list(mentors))
    sheets: dict[str, dict[int, Sheet]] = {Role.MENTOR: {**mentors}, Role.MENTEE: {**mentees}}
    ready = {
        role: [r.member.user_id for r in waiting if r.member.role == role and not _missing(r, sheets)]
        for role in sheets
    }
    size = cohort.programme.group_size
    return Pool(
        Sides(
            [mentee_facts(mentees[pk], details.get(pk, NO_DETAILS)) for pk in sorted(ready[Role.MENTEE])],
            [
                mentor_facts(
                    mentors[pk],
                    details.get(pk, NO_DETAILS),
                    groups=history.get(pk, 0),
                    capacity=max(0, min(mentors[pk].capacity - taken.get(pk, 0), size)),
                )
                for pk in sorted(ready[Role.MENTOR])
            ],
        ),
        [
            NotReady(row.member.user, row.member.get_role_display(), reasons)
            for row in waiting
            if row.member.role in sheets and (reasons := _missing(row, sheets))
        ],
        len([row for row in members if row.member.role == Role.MENTEE and row.member.user_id in grouped]),
    )


def _running(cohort: Cohort) -> "Iterable[MentoringGroup]":
    return cohort.groups.active().order_by()


def _missing(row: Readiness, sheets: dict[str, dict[int, Sheet]]) -> list[Text]:
    """Say what a member has to do before being paired."""
    reasons: list[Text] = []
    sheet = sheets[row.member.role].get(row.member.user_id) if row.member.role in sheets else None
    if sheet is None:
        reasons.append(_("has not begun the sheet"))
    elif not sheet.is_complete:
        reasons.append(_("has not finished the sheet"))
    if not row.ready:
        reasons.append(_("has training to do: %(done)d of %(all)d done") % {"done": row.done, "all": row.required})
    return reasons


def _mentees_of(mentors: list[int]) -> dict[int, int]:
    """Count the mentees whom each mentor has in running groups."""
    running = Q(group__state=MentoringGroup.State.ACTIVE, group__mentor__in=mentors)
    rows = GroupMember.objects.present().filter(running).order_by().values("group__mentor").annotate(n=Count("pk"))
    return {row["group__mentor"]: row["n"] for row in rows}


def _groups_of(mentors: list[int]) -> dict[int, int]:
    """Count the groups that each mentor has led on this site."""
    rows = MentoringGroup.objects.filter(mentor__in=mentors).order_by().values("mentor").annotate(n=Count("pk"))
    return {row["mentor"]: row["n"] for row in rows}


def mentee_facts(sheet: MenteeProfile, details: SensitiveDetails) -> Facts:
    """Return a mentee's sheet as plain facts."""
    return Facts(
        **_shared(sheet, details),
        mixed_gender=sheet.mixed_gender,
    )


def mentor_facts(sheet: MentorProfile, details: SensitiveDetails, *, groups: int, capacity: int) -> Facts:
    """Return a mentor's sheet as plain facts; ``groups`` were led on this site, ``capacity`` places are free."""
    known = sheet.groups_before is not None or groups
    return Facts(
        **_shared(sheet, details),
        experience=(sheet.groups_before or 0) + groups if known else None,
        capacity=capacity,
    )


def _shared(sheet: MentorProfile | MenteeProfile, details: SensitiveDetails) -> dict[str, object]:
    first = {sheet.first_language} - {""}
    return {
        "key": sheet.user_id,
        "name": str(sheet.user),
        "styles": sheet.styles,
        "interests": frozenset(sheet.interests),
        "levels": sheet.digital_level,
        "areas": frozenset({sheet.area} - {""}),
        "support": frozenset(sheet.support),
        "guidance": sheet.guidance,
        "motives": frozenset(sheet.motives),
        "first_language": sheet.first_language,
        "languages": frozenset(sheet.languages) | first,
        "contexts": frozenset(details.contexts),
        "culture": details.culture,
        "ethnicity": details.ethnicity,
        "religion": details.religion,
        "birth_year": details.birth_year,
        "gender": details.gender,
        "hours": frozenset(sheet.availability),
        "online": sheet.online,
        "in_person": sheet.in_person,
        "town": sheet.place,
        "access": frozenset(sheet.access),
        "objectives": frozenset(sheet.objectives),
    }
