"""Of two who changed places by hand only the one who was to be moved keeps the reason; each names the other."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations


def name_each_other(apps: Apps, schema_editor: Any) -> None:
    """Name the other one on both sides of each last exchange that is not undone."""
    last: dict[tuple[int, int], tuple[int | None, bool]] = {}
    proposals = apps.get_model("mentoring_matching", "Proposal").objects
    moves = apps.get_model("mentoring_matching", "Change").objects.filter(kind="moved", undone_at=None)
    for run, mentee, partner in moves.order_by("made_at", "pk").values_list("run", "mentee", "partner"):
        last[run, mentee] = (partner, False)
        if partner:
            last[run, partner] = (mentee, True)
    for (run, mentee), (other, gave_way) in last.items():
        if other:
            changed = {"exchanged_with": other} | ({"moved_because": ""} if gave_way else {})
            proposals.filter(run=run, mentee=mentee).update(**changed)


def give_both_the_reason(apps: Apps, schema_editor: Any) -> None:
    """Copy the reason back to who gave way."""
    proposals = apps.get_model("mentoring_matching", "Proposal").objects
    for proposal in proposals.filter(moved_because="").exclude(exchanged_with=None).iterator():
        other = proposals.filter(run=proposal.run_id, mentee=proposal.exchanged_with_id).first()
        proposal.moved_because = other.moved_because if other else ""
        proposal.save(update_fields=["moved_because"])


class Migration(migrations.Migration):
    dependencies = [("mentoring_matching", "0018_tell_who_changed_places")]

    operations = [migrations.RunPython(name_each_other, give_both_the_reason)]
