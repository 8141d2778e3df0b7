"""How reviewers read applications: what waits, what is scored, what they look for."""

from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Avg, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from mentoring_ext.applications.models.stage import OPEN_STAGES, Stage

if TYPE_CHECKING:
    from lms.people.models import User

Row = TypeVar("Row", bound=models.Model)
WORDS_IN = ("first_name", "last_name", "email", "headline", "experience", "motivation")


class ReviewQuerySet(models.QuerySet[Row]):
    """Reads of applications by those who review them."""

    def confirmed(self) -> Self:
        """Keep the applications whose address was confirmed; reviewers see no others."""
        return self.exclude(stage=Stage.UNCONFIRMED)

    def undecided(self) -> Self:
        """Keep the applications that still wait for a decision."""
        return self.filter(stage__in=OPEN_STAGES)

    def assigned_to(self, user: "User") -> Self:
        """Keep the applications that ``user`` is asked to review."""
        from mentoring_ext.applications.models.scorecard import Assignment

        return self.filter(pk__in=Assignment.objects.filter(user=user).values("application"))

    def to_review_by(self, user: "User") -> Self:
        """Keep the undecided applications for which ``user`` owes a scorecard."""
        from mentoring_ext.applications.models.scorecard import Assignment

        return self.filter(pk__in=Assignment.objects.filter(user=user).to_do().values("application"))

    def with_score(self) -> Self:
        """Add ``score``: the agreed total, else the mean of the handed-in cards, None without one."""
        from mentoring_ext.applications.models.scorecard import Scorecard

        cards = Scorecard.objects.handed_in().filter(application=OuterRef("pk")).order_by()
        agreed = cards.filter(agreed=True).values("total")[:1]
        mean = cards.own().values("application").annotate(mean=Avg("total")).values("mean")
        return self.annotate(score=Coalesce(Subquery(agreed), Subquery(mean)))

    def scored_from(self, least: float) -> Self:
        """Keep what ``with_score`` found to have that score or more."""
        return self.filter(Q(("score__gte", least)))

    def with_since(self) -> Self:
        """Add ``since``: when the application came into the stage in which it stands."""
        from mentoring_ext.applications.models.application import StageChange

        changes = StageChange.objects.filter(application=OuterRef("pk"), stage=OuterRef("stage")).order_by("-at")
        return self.annotate(since=Coalesce(Subquery(changes.values("at")[:1]), F("applied_at")))

    def with_words(self, words: str) -> Self:
        """Keep the applications in which every word stands somewhere."""
        found = self
        for word in words.split():
            found = found.filter(Q(*((f"{name}__icontains", word) for name in WORDS_IN), _connector=Q.OR))
        return found

    def with_competence(self, code: str) -> Self:
        """Keep the applications that name a competence."""
        return self.filter(competences__icontains=f'"{code}"')

    def in_house(self) -> Self:
        """Keep the applications of people who belong to the organisation that calls."""
        return self.filter(user__organisation=F("call__organisation"))

    def external(self) -> Self:
        """Keep the applications of people from elsewhere."""
        at_home = self.model._default_manager.filter(user__organisation=F("call__organisation"))
        return self.exclude(pk__in=at_home.values("pk"))

    def waiting_since(self, at: datetime) -> Self:
        """Keep what stands in its open stage since ``at`` or longer."""
        return self.undecided().with_since().filter(since__lte=at)
