"""What the cohort's page shows of its people and groups: figures, who is ready, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Cohort, Phase, Role
from mentoring_ext.programmes.process import ProcessMap
from mentoring_ext.programmes.training import Readiness, readiness


@dataclass(frozen=True)
class Overview:
    """Members with their training, and groups with their state, as of one time."""

    members: Sequence[Readiness]
    groups: Sequence[MentoringGroup]

    def in_role(self, role: str) -> list[Readiness]:
        """Return the members of one role."""
        return [each for each in self.members if each.member.role == role]

    @property
    def coordinators(self) -> list[Readiness]:
        return self.in_role(Role.COORDINATOR)

    @property
    def mentors(self) -> list[Readiness]:
        return self.in_role(Role.MENTOR)

    @property
    def mentees(self) -> list[Readiness]:
        return self.in_role(Role.MENTEE)

    @property
    def in_training(self) -> int:
        """How many members still have training to do."""
        return sum(not each.ready for each in self.members)

    @property
    def ready_count(self) -> int:
        """How many mentors and mentees are ready for mentoring."""
        return sum(each.ready for each in [*self.mentors, *self.mentees])

    @property
    def learner_count(self) -> int:
        """How many mentors and mentees there are."""
        return len(self.mentors) + len(self.mentees)

    @property
    def open_groups(self) -> list[MentoringGroup]:
        return [group for group in self.groups if not group.is_closed]

    @property
    def open_mentors(self) -> set[int]:
        """The keys of those who mentor a group that is open."""
        return {group.mentor_id for group in self.open_groups}

    @property
    def sessions_held(self) -> int:
        return sum(group.sessions_held for group in self.groups)

    @property
    def sessions_total(self) -> int:
        return sum(group.sessions_total for group in self.groups)

    @property
    def forms_missing(self) -> int:
        """How many sessions are over and not registered."""
        return sum(group.forms_missing for group in self.groups)

    @property
    def agreements_signed(self) -> int:
        """How many groups have an agreement that everybody signed."""
        return sum(bool(group.agreements_signed) for group in self.groups)


def overview_of(cohort: Cohort, at: datetime) -> Overview:
    """Read everything in six queries."""
    return Overview(readiness(cohort), list(cohort.groups.with_state(at).with_people()))


@dataclass(frozen=True)
class NextStep:
    """What the coordinator can do now, why, and the button that leads there, or ``posts`` to do it at once."""

    text: str
    label: str
    url: str
    posts: bool = False


def next_step(cohort: Cohort, process: ProcessMap, seen: Overview) -> NextStep | None:
    """Return the one thing that brings the cohort on, or None when there is only waiting."""
    if cohort.is_finished:
        text = _("Read what the people of this cohort say. Its weakest spot can become a new lesson.")
        return NextStep(text, _("Open the evidence board"), reverse("mentoring_cycle:evidence_board", args=[cohort.pk]))
    if not seen.mentors or not seen.mentees:
        text = _("Invite mentors and mentees. Each of them gets the training that their role needs.")
        return NextStep(text, _("Invite a person"), reverse("mentoring_programmes:member_invite", args=[cohort.pk]))
    if cohort.phase.code in {Phase.Code.LAUNCH, Phase.Code.PREPARATION, Phase.Code.MATCHING} and not seen.groups:
        return _before_matching(cohort, seen)
    if seen.groups and not seen.open_groups:
        text = _("All groups are closed. Finish the cohort: then its story is complete.")
        return NextStep(text, _("Finish the cohort"), reverse("mentoring_programmes:cohort_finish", args=[cohort.pk]))
    return _to_development(cohort, seen) or _with_groups(seen)


def _to_development(cohort: Cohort, seen: Overview) -> NextStep | None:
    if cohort.phase.code != Phase.Code.INTRODUCTION or not seen.groups:
        return None
    if not all(group.sessions_total for group in seen.open_groups):
        return None
    url = reverse("mentoring_programmes:phase_start", args=[cohort.pk, Phase.Code.DEVELOPMENT])
    text = _("All groups have dates for their sessions. Start the phase “Development”: then everybody is told.")
    return NextStep(text, _("Start “Development”"), url, posts=True)


def _before_matching(cohort: Cohort, seen: Overview) -> NextStep:
    url = reverse("mentoring_matching:run_list", args=[cohort.pk])
    if seen.in_training:
        text = ngettext(
            "%(number)s person still has training to do. The pairing takes only those who are ready.",
            "%(number)s people still have training to do. The pairing takes only those who are ready.",
            seen.in_training,
        )
        return NextStep(text % {"number": seen.in_training}, _("See who is ready"), "#members")
    return NextStep(_("Everybody is ready. Bring mentors and mentees together."), _("Go to the pairing"), url)


def _with_groups(seen: Overview) -> NextStep | None:
    done = next((g for g in seen.open_groups if g.sessions_total and g.sessions_held == g.sessions_total), None)
    if done is not None:
        text = _("“%(group)s” has held all its sessions. Close it: then its mentees have completed the programme.")
        return NextStep(
            text % {"group": done}, _("Close this group"), reverse("mentoring_groups:close", args=[done.pk])
        )
    if seen.forms_missing:
        text = ngettext(
            "The form of %(number)s session is missing. Ask the mentor about it.",
            "The forms of %(number)s sessions are missing. Ask the mentors about them.",
            seen.forms_missing,
        )
        return NextStep(text % {"number": seen.forms_missing}, _("See the groups"), "#groups")
    return None


def own_readiness(cohort: Cohort, user: User) -> list[Readiness]:
    """Return the person's own readiness in the cohort, one for each role."""
    return [each for each in readiness(cohort) if each.member.user_id == user.pk]
