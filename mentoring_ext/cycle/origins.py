"""Where a lesson comes from, in words that any visitor may read."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.models import User
from lms.plugins import Origin, Text
from mentoring_ext.cycle.board import FEW_PEOPLE
from mentoring_ext.cycle.models import CitedEvidence, ContentProposal


def origins_of(page: Model, viewer: User | None) -> Iterator[Origin]:
    """Yield one origin for each proposal that led to ``page``: counts and practices, never what one person said."""
    proposals = ContentProposal.objects.turned_into_lessons().filter(lesson=page.pk)
    for proposal in proposals.prefetch_related("evidence__givers"):
        evidence = list(proposal.evidence.all())
        yield Origin(text=_sentence(proposal, evidence), links=_links(proposal, evidence, viewer))


def _sentence(proposal: ContentProposal, evidence: list[CitedEvidence]) -> str:
    people = _number_of_people(evidence)
    if people < FEW_PEOPLE:
        who = _("A few people")
    else:
        who = ngettext("%(number)s person", "%(number)s people", people) % {"number": people}
    return _("%(who)s in an earlier mentoring cohort told us about “%(aspect)s”. This lesson is the answer.") % {
        "who": who,
        "aspect": proposal.get_aspect_display(),
    }


def _number_of_people(evidence: list[CitedEvidence]) -> int:
    givers = {giver.pk for cited in evidence for giver in cited.givers.all()}
    return max([len(givers), *(cited.people for cited in evidence)], default=0)


def _links(proposal: ContentProposal, evidence: list[CitedEvidence], viewer: User | None) -> list[tuple[Text, str]]:
    links: list[tuple[Text, str]] = [(cited.title, cited.url) for cited in evidence if cited.is_public]
    if viewer and ContentProposal.objects.visible_to(viewer).filter(pk=proposal.pk).exists():
        links.append((_("The proposal with its evidence"), proposal.get_absolute_url()))
    return links
