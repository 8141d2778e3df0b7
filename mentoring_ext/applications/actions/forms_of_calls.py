"""Which forms a call can ask."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Max, Q, QuerySet

from lms.people.models import Organisation
from lms.questionnaires.actions import load_questionnaire
from lms.questionnaires.models import Version
from mentoring_ext.applications.models import Audience
from mentoring_ext.applications.uses import SHIPPED, USES


def shipped_version(audience: str, *, at: datetime) -> Version:
    """Return the form that ships for an audience, published if it was not yet."""
    return load_questionnaire(SHIPPED[Audience(audience)], at=at)


def publish_shipped_forms(*, at: datetime) -> list[Version]:
    """Make sure that the forms that ship can be chosen; return them."""
    return [shipped_version(audience, at=at) for audience in SHIPPED]


def versions_to_ask(organisations: Sequence[Organisation] | QuerySet[Organisation]) -> QuerySet[Version]:
    """Return the newest published version of every form that calls of these organisations can ask."""
    usable = Version.objects.published().filter(
        Q(questionnaire__organisation=None) | Q(questionnaire__organisation__in=organisations),
        questionnaire__use__in=USES.values(),
    )
    newest = usable.annotate(
        newest=Max("questionnaire__versions__number", filter=Q(questionnaire__versions__published_at__isnull=False))
    )
    found = newest.filter(number=F("newest")).select_related("questionnaire__organisation")
    return found.order_by("questionnaire__use", F("questionnaire__organisation").asc(nulls_first=True), "pk")
