"""The facets of the mentors' database as bits, so that counting 20,000 mentors by every facet is one short query."""

from django.db import models

from mentoring_ext.profiles.models.mentors import MentorProfile, MentorTerm

FACET_KINDS = (
    MentorTerm.Kind.COMPETENCE,
    MentorTerm.Kind.LANGUAGE,
    MentorTerm.Kind.COUNTRY,
    MentorTerm.Kind.ORIGIN,
    MentorTerm.Kind.AREA,
    MentorTerm.Kind.FREE,
    MentorTerm.Kind.MEETING,
)
"""The kinds of terms that are counted; words are found and not counted."""


class FacetCodeQuerySet(models.QuerySet["FacetCode"]):
    """Reads of the numbers of codes."""

    def numbers(self) -> dict[tuple[str, str], int]:
        """Return the number of each kind and code."""
        return {(kind, code): number for kind, code, number in self.values_list("kind", "code", "pk")}


class FacetCode(models.Model):
    """The number that a code of a facet has for good: its bit in ``MentorFacets``."""

    kind = models.CharField(max_length=12, choices=MentorTerm.Kind)
    code = models.CharField(max_length=60)

    objects = FacetCodeQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("kind", "code", name="facet_code_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.code}"


class MentorFacets(models.Model):
    """All codes of facets under which a mentor stands, as a set of bits; actions keep it with the index.

    ``bits`` is written by ``bitsets.packed`` from the keys of ``FacetCode``.
    """

    mentor = models.OneToOneField(MentorProfile, models.CASCADE, primary_key=True, related_name="facets")
    bits = models.BinaryField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"Facets of {self.mentor_id}"
