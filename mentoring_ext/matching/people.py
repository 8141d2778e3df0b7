"""Who can be paired in a cohort, who is not ready and why, and the sheets as plain facts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.plugins import Text
from lms.privacy.models import Consent
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.matching import wishes
from mentoring_ext.matching.facts import Facts, Sides
from mentoring_ext.matching.further import answers_in
from mentoring_ext.matching.kept import Before, Hours, Settled
from mentoring_ext.matching.models import PairRule, Wish
from mentoring_ext.matching.models.rule import CONFLICTS
from mentoring_ext.profiles.models import HoursTold, MenteeProfile, MentorProfile, SensitiveDetails
from mentoring_ext.programmes.actions import Readiness, readiness
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

Profile = MentorProfile | MenteeProfile

NO_DETAILS = SensitiveDetails()
SHEETS: dict[str, type[MentorProfile] | type[MenteeProfile]] = {
    Role.MENTOR: MentorProfile,
    Role.MENTEE: MenteeProfile,
}


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
    settled: Settled
    before: Before

    @property
    def places(self) -> int:
        """Free places of all ready mentors."""
        return int(self.sides.capacity.sum())

    @property
    def offline(self) -> list[tuple[int, int]]:
        """The pairs made offline, as keys of mentee and mentor, of those who wait for a group."""
        sides = self.sides
        return [pair for pair in self.settled.offline if pair[0] in sides.row_of and pair[1] in sides.column_of]


def pool_of(cohort: Cohort) -> Pool:
    """Read the cohort's people in a fixed number of queries; who is in a group already is not paired again."""
    members = [
        row
        for row in readiness(cohort)
        if row.member.state == CohortMembership.State.ACTIVE and row.member.role in SHEETS
    ]
    grouped = _in_groups(cohort)
    waiting = [row for row in members if row.member.role == Role.MENTOR or row.member.user_id not in grouped]
    people = [row.member.user_id for row in members]
    sheets, agreed = _sheets_of(people), _agreed_to("matching", people)
    settled = settled_in(cohort)
    by_themselves = {key for pair in settled.offline for key in pair}
    missing = {row.member.pk: _missing(row, sheets, agreed, by_themselves) for row in waiting}
    ready = [row.member for row in waiting if not missing[row.member.pk]]
    told = {key: sheet for key, sheet in sheets.items() if sheet.is_complete and sheet.user_id in agreed}
    sides = sides_of(cohort, ready, told, settled)
    return Pool(
        sides,
        [
            NotReady(row.member.user, row.member.get_role_display(), reasons)
            for row in waiting
            if (reasons := missing[row.member.pk])
        ],
        len(members) - len(waiting),
        settled,
        _before(cohort, sides),
    )


def _before(cohort: Cohort, sides: Sides) -> Before:
    """Return the hours that people told since the cohort was opened, of those who do not tell all of them now."""
    told = HoursTold.objects.since(cohort.opened_at)
    found = told.filter(Q(user__in=sides.row_of) | Q(user__in=sides.column_of)).by_person()

    def of_side(people: Sequence[Facts], sheet: str) -> Hours:
        hours = {person.key: found.get((sheet, person.key), frozenset()) for person in people if person.hours}
        return {person.key: full for person in people if (full := hours.get(person.key, frozenset())) - person.hours}

    return Before(of_side(sides.mentees, Role.MENTEE), of_side(sides.mentors, Role.MENTOR))


def sides_of(
    cohort: Cohort, members: list[CohortMembership], told: dict[tuple[str, int], Profile], settled: Settled
) -> Sides:
    """Return these members as facts, also of further factors; ``told`` are their complete sheets with consent."""
    factors = list(cohort.further_factors.all())
    answers = answers_in(cohort, factors, told.values())
    sides = _sides(cohort, members, told, settled)
    asked = Sides(
        [replace(person, extra=answers.get((Role.MENTEE, person.key), {})) for person in sides.mentees],
        [replace(person, extra=answers.get((Role.MENTOR, person.key), {})) for person in sides.mentors],
        [factor.asked for factor in factors],
    )
    return _with_wishes(cohort, asked)


def _with_wishes(cohort: Cohort, sides: Sides) -> Sides:
    """Add what the mentees wished as a further factor, where somebody wished something."""
    ranked: dict[int, list[int]] = {}
    for wish in Wish.objects.filter(cohort=cohort, mentee__in=sides.row_of, mentor__in=sides.column_of):
        ranked.setdefault(wish.mentee_id, []).append(wish.mentor_id)
    if not ranked:
        return sides
    most = max(map(len, ranked.values()))
    return Sides(
        wishes.with_wishes(sides.mentees, {key: wishes.given(mentors) for key, mentors in ranked.items()}),
        wishes.with_wishes(sides.mentors, {key: wishes.could_get(key, most) for key in sides.column_of}),
        [*sides.further, wishes.FACTOR],
    )


def told_by(users: list[int]) -> dict[tuple[str, int], Profile]:
    """Return the complete sheets of those of these people who agreed to be matched, by role and user."""
    agreed = _agreed_to("matching", users)
    return {key: sheet for key, sheet in _sheets_of(users).items() if sheet.is_complete and sheet.user_id in agreed}


def settled_in(cohort: Cohort) -> Settled:
    """Return what is settled about pairs in a cohort: its own rules, and conflicts of interest wherever told."""
    pairs: dict[str, set[tuple[int, int]]] = {kind: set() for kind in PairRule.Kind.values}
    offline = set()
    for rule in PairRule.objects.holding_in(cohort):
        pairs[rule.kind].add((rule.mentee_id, rule.mentor_id))
        if rule.kind == PairRule.Kind.FIXED and rule.offline:
            offline.add((rule.mentee_id, rule.mentor_id))
    return Settled(
        fixed=dict(pairs[PairRule.Kind.FIXED]),
        offline=frozenset(offline),
        conflicts=frozenset().union(*(pairs[kind] for kind in CONFLICTS)),
        forbidden=frozenset(pairs[PairRule.Kind.FORBIDDEN]),
        vetoed=frozenset(pairs[PairRule.Kind.VETOED]),
    )


def _in_groups(cohort: Cohort) -> set[int]:
    running = cohort.groups.active().order_by()
    return set(GroupMember.objects.present().filter(group__in=running).values_list("user_id", flat=True))


def _sheets_of(users: list[int]) -> dict[tuple[str, int], Profile]:
    """Return the sheets of these people by role and user."""
    return {
        (role, sheet.user_id): sheet
        for role, model in SHEETS.items()
        for sheet in model._default_manager.filter(user__in=users).select_related("user")
    }


def _agreed_to(name: str, users: list[int]) -> set[int]:
    """Return those of these people whose consent to ``name`` counts now."""
    consents = Consent.objects.counting(name, timezone.now()).filter(user__in=users)
    return set(consents.values_list("user", flat=True))


def _sides(
    cohort: Cohort, ready: list[CohortMembership], sheets: dict[tuple[str, int], Profile], settled: Settled
) -> Sides:
    """Turn the sheets of those who are ready into facts, in the order of their ids.

    Who waits in a group made offline has a place with this mentor, however many the sheet allows.
    """
    members = sorted(ready, key=lambda member: member.user_id)
    users = [member.user_id for member in members]
    details = {d.user_id: d for d in SensitiveDetails.objects.filter(user__in=_agreed_to("sensitive", users))}
    taken, led, size = _mentees_of(users), _groups_of(users), cohort.programme.group_size
    waiting = set(users) - {user for mentees in taken.values() for user, place in mentees if place == cohort.pk}
    own = Counter(mentor for mentee, mentor in settled.offline if mentee in waiting)
    mentees, mentors = [], []
    for member in members:
        pk = member.user_id
        sheet, told = sheets.get((member.role, pk)), details.get(pk, NO_DETAILS)
        if isinstance(sheet, MentorProfile):
            free = max(sheet.capacity - len(taken.get(pk, ())), own[pk], 0)
            mentors.append(mentor_facts(sheet, told, groups=led.get(pk, 0), capacity=min(free, size)))
        elif isinstance(sheet, MenteeProfile):
            mentees.append(mentee_facts(sheet, told))
        elif member.role == Role.MENTOR:
            mentors.append(Facts(pk, str(member.user), capacity=min(own[pk], size)))
        else:
            mentees.append(Facts(pk, str(member.user)))
    return Sides(mentees, mentors)


def _missing(
    row: Readiness, sheets: dict[tuple[str, int], Profile], agreed: set[int], by_themselves: set[int]
) -> list[Text]:
    """Say what a member has to do before being paired; who made a pair offline needs no sheet."""
    reasons: list[Text] = []
    sheet = sheets.get((row.member.role, row.member.user_id))
    if row.member.user_id in by_themselves:
        pass
    elif sheet is None:
        reasons.append(_("has not begun the sheet"))
    elif not sheet.is_complete:
        reasons.append(_("has not finished the sheet"))
    elif sheet.user_id not in agreed:
        reasons.append(_("has not agreed to be matched"))
    if not row.ready:
        reasons.append(_("has training to do: %(done)d of %(all)d done") % {"done": row.done, "all": row.required})
    return reasons


def _mentees_of(mentors: list[int]) -> dict[int, list[tuple[int, int]]]:
    """Return the mentees whom each mentor has in running groups, each with the cohort of the group."""
    running = Q(group__state=MentoringGroup.State.ACTIVE, group__mentor__in=mentors)
    found: dict[int, list[tuple[int, int]]] = {}
    rows = (
        GroupMember.objects.present().filter(running).order_by().values_list("group__mentor", "user", "group__cohort")
    )
    for mentor, user, cohort in rows:
        found.setdefault(mentor, []).append((user, cohort))
    return found


def _groups_of(mentors: list[int]) -> dict[int, int]:
    """Count the groups that each mentor has led on this site."""
    rows = MentoringGroup.objects.filter(mentor__in=mentors).order_by().values("mentor").annotate(n=Count("pk"))
    return {row["mentor"]: row["n"] for row in rows}


def mentee_facts(sheet: MenteeProfile, details: SensitiveDetails) -> Facts:
    """Return a mentee's sheet as plain facts."""
    return replace(_shared(sheet, details), mixed_gender=sheet.mixed_gender)


def mentor_facts(sheet: MentorProfile, details: SensitiveDetails, *, groups: int, capacity: int) -> Facts:
    """Return a mentor's sheet as plain facts; ``groups`` were led on this site, ``capacity`` places are free."""
    known = sheet.groups_before is not None or groups
    experience = (sheet.groups_before or 0) + groups if known else None
    return replace(_shared(sheet, details), experience=experience, capacity=capacity)


def _shared(sheet: Profile, details: SensitiveDetails) -> Facts:
    return Facts(
        key=sheet.user_id,
        name=str(sheet.user),
        styles=sheet.styles,
        interests=frozenset(sheet.interests),
        levels=sheet.digital_level,
        areas=frozenset({sheet.area} - {""}),
        support=frozenset(sheet.support),
        guidance=sheet.guidance,
        motives=frozenset(sheet.motives),
        first_language=sheet.first_language,
        languages=frozenset(sheet.languages) | ({sheet.first_language} - {""}),
        contexts=frozenset(details.contexts),
        culture=details.culture,
        ethnicity=details.ethnicity,
        religion=details.religion,
        birth_year=details.birth_year,
        gender=details.gender,
        hours=frozenset(sheet.availability),
        online=sheet.online,
        in_person=sheet.in_person,
        town=sheet.place,
        access=frozenset(sheet.access),
        objectives=frozenset(sheet.objectives),
    )
