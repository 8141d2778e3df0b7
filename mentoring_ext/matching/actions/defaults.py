"""Setting how the pairing of a programme's cohorts begins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.matching.actions.weighing import check_personal
from mentoring_ext.matching.errors import OptionsWrong, WeightsWrong
from mentoring_ext.matching.factors import MAX_WEIGHT
from mentoring_ext.matching.models import PairingDefaults
from mentoring_ext.programmes.models import Programme


@transaction.atomic
def set_defaults(
    programme: Programme,
    *,
    actor: User,
    weights: Mapping[str, int],
    options: Mapping[str, Any],
    wishes: bool,
    blind: bool,
    at: datetime,
) -> PairingDefaults:
    """Set how the pairing of the programme's cohorts begins; cohorts that paired already keep what they chose.

    Raises ``WeightsWrong``, ``OptionsWrong``, ``PersonalAlone`` and ``PersonalTooMuch``.
    """
    if not any(weights.values()) or not all(0 <= weight <= MAX_WEIGHT for weight in weights.values()):
        raise WeightsWrong
    if not 1 <= options.get("minimum", 1) <= options.get("size", 1) <= programme.group_size:
        raise OptionsWrong
    check_personal(weights)
    values = {"weights": dict(weights), "options": dict(options), "wishes": wishes, "blind": blind}
    told = {"changed_by": actor, "changed_at": at}
    kept, _new = PairingDefaults.objects.update_or_create(programme=programme, defaults=values | told)
    record("changed", kept, actor=actor, context=programme, data=values, at=at)
    return kept
