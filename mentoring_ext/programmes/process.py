"""The process map: a programme's phases in order, and where a cohort stands in them."""

from dataclasses import dataclass

from mentoring_ext.programmes.models import Cohort, Phase, Programme


@dataclass(frozen=True)
class Step:
    """A phase on the map. ``state`` is done, now or open; ``offset`` is where its segment starts on the ring."""

    phase: Phase
    number: int
    state: str

    @property
    def offset(self) -> int:
        """The segment's start, a hundred units a phase, counted against the clock as SVG does."""
        return -100 * (self.number - 1)


@dataclass(frozen=True)
class ProcessMap:
    """All steps, the present one and the one after it; without a cohort there is no present one."""

    steps: list[Step]
    now: Step | None = None
    next: Step | None = None


def map_of(programme: Programme) -> ProcessMap:
    """Return the programme's map, in two queries."""
    return ProcessMap([Step(phase, number, "open") for number, phase in _numbered(programme)])


def map_for(cohort: Cohort) -> ProcessMap:
    """Return the map with where the cohort stands, in two queries."""
    steps = [Step(phase, number, _state(cohort, phase)) for number, phase in _numbered(cohort.programme)]
    now = next((step for step in steps if step.phase.pk == cohort.phase_id), None)
    following = steps[now.number] if now and now.number < len(steps) else None
    return ProcessMap(steps, now, None if cohort.is_finished else following)


def _numbered(programme: Programme) -> list[tuple[int, Phase]]:
    return list(enumerate(programme.phases.prefetch_related("tasks"), start=1))


def _state(cohort: Cohort, phase: Phase) -> str:
    if cohort.is_finished or phase.order < cohort.phase.order:
        return "done"
    return "now" if phase.pk == cohort.phase_id else "open"
