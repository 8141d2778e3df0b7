"""Pairing in the demo: a circle in which some have no mentor yet, and a young one that asks for another match."""

from mentoring_ext.demo import cohorts
from mentoring_ext.demo.mentors import show_mentor
from mentoring_ext.demo.people import Demo
from mentoring_ext.matching.actions import ask_about_sheet, run_matching
from mentoring_ext.matching.actions.asking import ask_for_change
from mentoring_ext.matching.actions.defaults import set_defaults
from mentoring_ext.matching.actions.wishing import change_round, save_wishes
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import SheetQuestion
from mentoring_ext.programmes.models import Cohort, Phase

PLAIN = Options(meeting=True, avoid_alone=True)
IN_COMMON = Options(meeting=True, common_slot=True, avoid_alone=True)


def pair_with_some_left(demo: Demo) -> None:
    """Pair a circle twice, in the second one with a common hour for each group.

    Somebody is left over then for each kind of help: Dora for a place with Thanos, Mikko for his hours, Nadia because
    she cannot meet online, and Tim or Rana because their groups need an hour in common. Nadia has been asked.
    """
    cohort = cohorts.open_with_members(demo, "waiting", name="Elaia, harbour circle", weeks=4, start=-1)
    cohorts.prepare(demo, cohort, "waiting", weeks=2, trained=False)
    cohorts.go_on(demo, cohort, Phase.Code.MATCHING)
    _ask_for_wishes(demo, cohort)
    coordinator = demo.people["coordinator"]
    for days, options in ((3, PLAIN), (2, IN_COMMON)):
        run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, options=options, at=demo.ago(days=days))
    kind = SheetQuestion.Kind.ONLINE
    ask_about_sheet(cohort, demo.people["nadia"], kind=kind, actor=coordinator, at=demo.ago(days=1))


def _ask_for_wishes(demo: Demo, cohort: Cohort) -> None:
    """Let the programme's cohorts ask for wishes, and this one's mentees say some."""
    people, at = demo.people, demo.ago(weeks=1)
    options = {"size": cohort.programme.group_size, "minimum": 1, "avoid_alone": True}
    options |= {"common_slot": True, "meeting": True}
    set_defaults(
        cohort.programme,
        actor=people["admin"],
        weights=DEFAULT_WEIGHTS,
        options=options,
        wishes=True,
        blind=False,
        at=at,
    )
    for mentor in demo.team("waiting", "mentors"):
        show_mentor(demo, mentor.username)
    change_round(cohort, actor=people["coordinator"], is_open=True, at=at)
    for mentee, liked, excluded in (("ingrid", ["ebba", "renata"], []), ("mateus", ["renata"], ["thanos"])):
        ranked, vetoed = ([people[name] for name in names] for names in (liked, excluded))
        save_wishes(cohort, actor=people[mentee], ranked=ranked, vetoed=vetoed, at=demo.ago(days=5))


def ask_for_another_match(demo: Demo) -> None:
    """Match a circle whose first session is over and whose third one is not; one mentee asks for another mentor."""
    cohort = cohorts.open_with_members(demo, "young", name="Elaia, garden circle", weeks=5, start=0.5)
    cohorts.prepare(demo, cohort, "young", weeks=3, trained=False)
    mentee = demo.people["agnes"]
    for group in cohorts.match(demo, cohort, weeks=1.5):
        cohorts.accompany(demo, group)
        if mentee in group.people():
            ask_for_change(group, mentee, actor=mentee, at=demo.ago(days=1), **demo.words["asks_for_change"])
    cohorts.go_on(demo, cohort, Phase.Code.INTRODUCTION)
