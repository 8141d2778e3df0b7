"""Keeping the free hours that a sheet no longer tells."""

from collections.abc import Collection
from datetime import datetime

from mentoring_ext.profiles.models import HoursTold, MenteeProfile, MentorProfile, SheetState


def keep_hours_told(profile: MentorProfile | MenteeProfile, hours: Collection[int], *, at: datetime) -> None:
    """Keep the hours that the sheet has in the database, where it is complete and ``hours`` leave some of them out.

    Call it in the transaction that saves the sheet, before that. The same hours are kept once, with the last time.
    """
    kind = type(profile)
    kept = kind._default_manager.select_for_update().filter(pk=profile.pk, state=SheetState.COMPLETE)
    before = sorted(kept.values_list("availability", flat=True).first() or [])
    if set(before) <= set(hours):
        return
    sheet = HoursTold.Sheet.MENTOR if kind is MentorProfile else HoursTold.Sheet.MENTEE
    told = HoursTold.objects.filter(user=profile.user_id, sheet=sheet)
    same = next((row for row in told if row.hours == before), HoursTold(user=profile.user, sheet=sheet, hours=before))
    same.at = at
    same.save()
