"""What the checklist's page shows: the items of each gate, and how far they are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, QuerySet, Subquery

from mentoring_ext.programmes.models import ChecklistItem, Cohort, Gate, Phase, Ticker
from mentoring_ext.programmes.permissions import cohorts_overseen_by

if TYPE_CHECKING:
    from lms.people.models import User


@dataclass(frozen=True)
class GateItems:
    """The items that stand before one phase; ``passed`` says that the cohort has entered it."""

    gate: Gate
    items: list[ChecklistItem]
    passed: bool

    @property
    def settled(self) -> int:
        """How many items need nothing more."""
        return sum(item.is_settled for item in self.items)

    @property
    def waiting(self) -> int:
        """How many required items are open."""
        return sum(item.required and not item.is_settled for item in self.items)


def gates_of(cohort: Cohort) -> list[GateItems]:
    """Return the gates that have items, in the order of the phases, in three queries."""
    reached = {phase.code for phase in cohort.programme.phases.all() if phase.order <= cohort.phase.order}
    items = list(cohort.checklist.select_related("settled_by", "evidence"))
    found = [(gate, [item for item in items if item.before == gate]) for gate in Gate]
    return [GateItems(gate, own, str(gate) in reached) for gate, own in found if own]


def waiting_for(user: "User") -> QuerySet[Cohort]:
    """Return the cohorts whose next phase waits for an item that ``user`` settles; ``first_open`` is its text."""
    coordinated = Cohort.objects.coordinated_by(user).order_by().values("pk")
    overseen = Cohort.objects.filter(cohorts_overseen_by(user)).order_by().values("pk")
    mine = Q(ticked_by__in=[Ticker.COORDINATOR, Ticker.EITHER], cohort__in=coordinated)
    mine |= Q(ticked_by__in=[Ticker.MANAGER, Ticker.EITHER], cohort__in=overseen)
    reached = Phase.objects.filter(
        programme=OuterRef("cohort__programme"), order__lte=OuterRef("cohort__phase__order") + 1
    )
    items = ChecklistItem.objects.open().filter(mine, required=True, before__in=reached.values("code"))
    first = items.filter(cohort=OuterRef("pk")).values("text")[:1]
    running = Cohort.objects.exclude(state=Cohort.State.FINISHED)
    return running.annotate(first_open=Subquery(first)).exclude(first_open=None)
