"""Proposing content out of evidence, deciding on it, and telling those who gave the evidence."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from wagtail.models import Page

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import SiteRole, User
from mentoring_ext.cycle.board import BoardRow, rows_of
from mentoring_ext.cycle.errors import AlreadyDecided, AnswerMissing, EvidenceGone, NoEvidence
from mentoring_ext.cycle.models import CitedEvidence, ContentProposal
from mentoring_ext.programmes.models import Cohort
from oer.lessons.actions import draft_lesson
from oer.lessons.models import LessonPage, TrainingModulePage


@transaction.atomic
def propose_lesson(
    cohort: Cohort,
    *,
    actor: User,
    title: str,
    aspect: str,
    text: str,
    module: TrainingModulePage,
    keys: Sequence[str],
    at: datetime,
) -> ContentProposal:
    """Propose a lesson for ``module`` that rests on the evidence rows with these ``keys``; the editors hear of it.

    Each row is kept as it stands now. Raises ``NoEvidence`` and ``EvidenceGone``.
    """
    if not keys:
        raise NoEvidence
    rows = {row.row.key: row for row in rows_of([cohort.pk])}
    if not set(keys) <= set(rows):
        raise EvidenceGone
    proposal = ContentProposal.objects.create(
        cohort=cohort, author=actor, title=title, aspect=aspect, text=text, module=module, proposed_at=at
    )
    for key in dict.fromkeys(keys):
        _cite(proposal, rows[key])
    record("proposed", proposal, actor=actor, context=cohort, at=at)
    told = _("A new lesson is proposed: “%(title)s”.") % {"title": title}
    notify(editors(), "cycle.proposed", told, proposal.get_absolute_url(), exclude=actor)
    return proposal


def _cite(proposal: ContentProposal, found: BoardRow) -> None:
    row = found.row
    cited = CitedEvidence.objects.create(
        proposal=proposal,
        key=row.key,
        source=found.source.name,
        title=str(row.title)[:300],
        quote=row.quote,
        aspect=row.aspect,
        strength=row.strength,
        people=row.people,
        url=row.url,
    )
    cited.givers.set(row.author_ids)


@transaction.atomic
def accept_proposal(proposal: ContentProposal, *, actor: User, at: datetime) -> LessonPage:
    """Make a draft lesson of a proposal, as the last one of its module; the author hears of it.

    The draft is seen by editors only, until one of them publishes it. Raises ``AlreadyDecided``.
    """
    _require_waiting(proposal)
    lesson = draft_lesson(
        proposal.module, title=proposal.title, body_html=linebreaks(proposal.text, autoescape=True), actor=actor
    )
    proposal.state, proposal.lesson = ContentProposal.State.ACCEPTED, lesson.page_ptr
    proposal.decided_by, proposal.decided_at = actor, at
    proposal.save(update_fields=["state", "lesson", "decided_by", "decided_at"])
    record("accepted", proposal, actor=actor, context=proposal.cohort, at=at)
    text = _("Your proposal “%(title)s” was accepted. An editor is writing the lesson.") % {"title": proposal}
    _tell_author(proposal, text, actor)
    return lesson


@transaction.atomic
def decline_proposal(proposal: ContentProposal, *, actor: User, answer: str, at: datetime) -> ContentProposal:
    """Turn a proposal down with a reason; the author hears of it. Raises ``AnswerMissing`` and ``AlreadyDecided``."""
    if not answer.strip():
        raise AnswerMissing
    _require_waiting(proposal)
    proposal.state, proposal.answer = ContentProposal.State.DECLINED, answer
    proposal.decided_by, proposal.decided_at = actor, at
    proposal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    record("declined", proposal, actor=actor, context=proposal.cohort, at=at)
    text = _("Your proposal “%(title)s” was declined. Read the editor’s answer.") % {"title": proposal}
    _tell_author(proposal, text, actor)
    return proposal


def _require_waiting(proposal: ContentProposal) -> None:
    locked = ContentProposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state != ContentProposal.State.PROPOSED:
        raise AlreadyDecided


def _tell_author(proposal: ContentProposal, text: str, actor: User) -> None:
    if proposal.author:
        notify([proposal.author], "cycle.decided", text, proposal.get_absolute_url(), exclude=actor)


@transaction.atomic
def close_circle(lesson: Page, *, actor: User | None, at: datetime) -> list[ContentProposal]:
    """Tell those who gave the evidence, and the author, that their words became a lesson; once for each proposal.

    Called whenever a page is published; pages that no proposal led to are left alone.
    """
    accepted = ContentProposal.objects.select_for_update().unpublished().filter(lesson=lesson.pk)
    return [_close(proposal, lesson, actor, at) for proposal in accepted]


def _close(proposal: ContentProposal, lesson: Page, actor: User | None, at: datetime) -> ContentProposal:
    proposal.published_at = at
    proposal.save(update_fields=["published_at"])
    record("published", proposal, actor=actor, context=proposal.cohort, data={"lesson": lesson.pk}, at=at)
    text = _("What you told us became a lesson: “%(title)s”.") % {"title": lesson.title}
    notify(givers_of(proposal), "cycle.lesson_published", text, path_of(lesson), exclude=actor)
    return proposal


def givers_of(proposal: ContentProposal) -> QuerySet[User]:
    """Return who gave the evidence that a proposal cites, and its author."""
    cited = CitedEvidence.givers.through.objects.filter(citedevidence__proposal=proposal).values("user")
    people: QuerySet[User] = User.objects.filter(Q(pk__in=cited) | Q(pk=proposal.author_id))
    return people


def editors() -> QuerySet[User]:
    """Return everybody who edits content on this site."""
    people: QuerySet[User] = User.objects.filter(site_roles__role=SiteRole.Role.EDITOR)
    return people


def path_of(page: Page) -> str:
    """Return a page's address on this site, starting with a slash."""
    parts = page.get_url_parts()
    return str(parts[2]) if parts else "/"
