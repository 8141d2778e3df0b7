"""What people answered belongs to them: how it is exported and erased."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.files.actions import delete_file
from lms.files.models import StoredFile
from lms.people.models import User
from lms.plugins import (
    NAVIGATION,
    PRIVACY_HANDLERS,
    RETENTION_RULES,
    Held,
    NavigationItem,
    PrivacyHandler,
    RetentionRule,
)
from lms.questionnaires.models import Answer, Question, Response, Version


@hooks.register(NAVIGATION.name)
def forms_place() -> NavigationItem:
    return NavigationItem(
        name="forms",
        label=_("Forms"),
        url_name="lms_questionnaires:form_list",
        icon="clipboard-list",
        shown_to=lambda request: request.user.has_perm("lms_questionnaires.see_place"),
        order=94,
        group="administration",
    )


@hooks.register(PRIVACY_HANDLERS.name)
def responses() -> PrivacyHandler:
    return PrivacyHandler(
        name="questionnaires",
        models=["lms_questionnaires.Response", "lms_questionnaires.Version"],
        export=export,
        erase=erase,
        label=_("Forms that you answered"),
        held=[
            Held("lms_questionnaires.response", about="respondent"),
            Held("lms_questionnaires.answer", about="response__respondent"),
        ],
        not_told={
            "lms_questionnaires.version": "It is a form; it tells only who changed it last, which the journal has."
        },
    )


def export(user: User) -> dict[str, Any]:
    """Return every form that the person answered, with the answers in words."""
    found = Response.objects.filter(respondent=user).select_related("version__questionnaire").with_answers()
    return {
        "forms": [
            {
                "form": str(response.version),
                "state": response.get_state_display(),
                "saved": response.saved_at.isoformat(),
                "answers": {answer.question.text: answer.words for answer in response.answers.all()},
            }
            for response in found
        ]
    }


def erase(user: User) -> None:
    """Keep the choices without the person, so that figures stay right; drafts, uploads and everything written go."""
    mine = Response.objects.filter(respondent=user)
    telling = Answer.objects.filter(response__in=mine, question__kind__in=[*Question.WRITTEN, *Question.FILES])
    for upload in list(StoredFile.objects.filter(pk__in=telling.values("file"))):
        delete_file(upload, actor=user)
    telling.delete()
    mine.filter(state=Response.State.DRAFT).delete()
    mine.update(respondent=None)
    Version.objects.filter(changed_by=user).update(changed_by=None)


@hooks.register(RETENTION_RULES.name)
def old_drafts() -> RetentionRule:
    return RetentionRule(
        name="drafts",
        label=_("Forms that nobody handed in"),
        days=365,
        text=_("Drafts that were not touched for so long are deleted with their files."),
        enforce=delete_drafts,
        count=lambda before: _drafts(before).count(),
        fewest=30,
    )


def _drafts(before: datetime) -> QuerySet[Response]:
    return Response.objects.filter(state=Response.State.DRAFT, saved_at__lt=before)


def delete_drafts(before: datetime) -> int:
    """Delete the drafts last saved before that time, with what was uploaded for them; return how many drafts."""
    drafts = list(_drafts(before).values_list("pk", flat=True))
    uploads = list(StoredFile.objects.filter(pk__in=Answer.objects.filter(response__in=drafts).values("file")))
    Response.objects.filter(pk__in=drafts).delete()
    for upload in uploads:
        delete_file(upload, actor=None)
    return len(drafts)
