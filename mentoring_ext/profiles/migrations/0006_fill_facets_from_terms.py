from itertools import groupby

from django.db import migrations

from mentoring_ext.profiles.bitsets import packed

COUNTED = ("competence", "language", "country", "origin", "area", "free", "meeting")
AT_ONCE = 1000


def fill(apps, schema_editor):
    """Number every code of a facet that stands in the index, and write every mentor's codes as bits."""
    code, facets, term = (
        apps.get_model("mentoring_profiles", name) for name in ("FacetCode", "MentorFacets", "MentorTerm")
    )
    counted = term.objects.filter(kind__in=COUNTED)
    numbers = {
        pair: code.objects.get_or_create(kind=pair[0], code=pair[1])[0].pk
        for pair in counted.order_by("kind", "code").values_list("kind", "code").distinct()
    }
    new = []
    rows = counted.order_by("mentor").values_list("mentor", "kind", "code").iterator(chunk_size=10_000)
    for mentor, terms in groupby(rows, key=lambda row: row[0]):
        bits = packed(numbers[kind, code_of] for _mentor, kind, code_of in terms)
        new.append(facets(mentor_id=mentor, bits=bits))
    facets.objects.bulk_create(new, ignore_conflicts=True, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("mentoring_profiles", "0005_count_facets_as_bits")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
