"""Runs of the time when every pair was kept as JSON: what was compared goes into one compressed input."""

import json
import zlib

from django.db import migrations

RENAMED = {"availability": "hours"}
FORMER = {new: old for old, new in RENAMED.items()}


def carry_over(apps, schema_editor):
    """Give each run its mentors as rows, its figures, and its pairs as compressed tables by row and column."""
    get = apps.get_model
    for run in get("mentoring_matching", "MatchRun").objects.order_by("pk").iterator(chunk_size=20):
        proposals = _in_rows(run)
        get("mentoring_matching", "RunMentor").objects.bulk_create(
            [
                get("mentoring_matching", "RunMentor")(
                    run=run, column=column, mentor_id=_known(apps, key), places=run.places[str(key)]
                )
                for column, key in enumerate(run.mentor_keys)
            ]
        )
        mentor_of = run.certificate.get("mentor_of", [])
        run.people, run.placed = len(mentor_of), sum(column >= 0 for column in mentor_of)
        run.optimal, run.repeatable = run.total == run.bound, len(proposals) == len(mentor_of)
        tables = _tables(run, proposals)
        scores = {proposal.mentee_id: row for proposal, row in zip(proposals, tables["scores"], strict=True)}
        keys = run.certificate.get("mentees", [])
        found = [
            scores[key][column] for key, column in zip(keys, mentor_of, strict=True) if column >= 0 and key in scores
        ]
        run.weakest = min(found, default=None)
        run.input = zlib.compress(json.dumps(tables, sort_keys=True, separators=(",", ":")).encode(), 9)
        run.save()
        for row, proposal in enumerate(proposals):
            proposal.row = row
        get("mentoring_matching", "Proposal").objects.bulk_update(proposals, ["row"], batch_size=500)


def _known(apps, key):
    """Return the id of a mentor who still has an account."""
    label = apps.get_model("mentoring_matching", "Proposal")._meta.get_field("mentor").related_model
    return key if label.objects.filter(pk=key).exists() else None


def _in_rows(run):
    order = {mentee: row for row, mentee in enumerate(run.certificate.get("mentees", []))}
    return sorted(run.proposals.all(), key=lambda proposal: (order.get(proposal.mentee_id, len(order)), proposal.pk))


def _tables(run, proposals):
    rows = [[proposal.options[str(key)] for key in run.mentor_keys] for proposal in proposals]
    return {
        "form": "tables",
        "mentees": [proposal.mentee_id for proposal in proposals],
        "mentors": run.mentor_keys,
        "scores": [[pair["score"] for pair in row] for row in rows],
        "values": [[pair["values"] for pair in row] for row in rows],
        "points": [[pair["points"] for pair in row] for row in rows],
        "rules": [[[RENAMED.get(rule, rule) for rule in pair["rules"]] for pair in row] for row in rows],
    }


def bring_back(apps, schema_editor):
    """Write what was compared beside each proposal again; runs in the new form are unknown to the former one."""
    for run in apps.get_model("mentoring_matching", "MatchRun").objects.iterator(chunk_size=20):
        tables = json.loads(zlib.decompress(run.input)) if run.input else {}
        if tables.get("form") != "tables":
            run.delete()
            continue
        run.mentor_keys = tables["mentors"]
        run.places = {str(tables["mentors"][row.column]): row.places for row in run.mentors.all()}
        run.save(update_fields=["mentor_keys", "places"])
        rows = {mentee: row for row, mentee in enumerate(tables["mentees"])}
        for proposal in run.proposals.all():
            proposal.options = _options(tables, rows[proposal.mentee_id])
            proposal.save(update_fields=["options"])


def _options(tables, row):
    return {
        str(key): {
            "score": tables["scores"][row][column],
            "values": tables["values"][row][column],
            "points": tables["points"][row][column],
            "rules": [FORMER.get(rule, rule) for rule in tables["rules"][row][column]],
        }
        for column, key in enumerate(tables["mentors"])
    }


class Migration(migrations.Migration):
    dependencies = [("mentoring_matching", "0002_workbench")]

    operations = [migrations.RunPython(carry_over, bring_back)]
