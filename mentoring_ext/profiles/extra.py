"""Questions that an organisation adds to a sheet, composed on the site."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.files.models import StoredFile
from lms.people.models import Organisation, User
from lms.plugins import QuestionnaireUse
from lms.questionnaires.models import Answer, Response, Version
from mentoring_ext.profiles.models import Sheet
from mentoring_ext.profiles.permissions import organisations_served_by
from mentoring_ext.programmes.models import CohortMembership


def uses() -> list[QuestionnaireUse]:
    """Return what organisations can compose for sheets; a coordinator can let answers count in the pairing."""
    text = _("Questions of your own at the end of the sheet. Coordinators and managers read the answers.")
    return [
        QuestionnaireUse("mentor_sheet", _("More questions on the mentor's sheet"), text, (), may_compose),
        QuestionnaireUse("mentee_sheet", _("More questions on the mentee's sheet"), text, (), may_compose),
    ]


def may_compose(user: User, organisation: Model) -> bool:
    """Return whether ``user`` serves the organisation."""
    return isinstance(organisation, Organisation) and organisation.pk in organisations_served_by(user)


def version_for(user: User, sheet: str) -> Version | None:
    """Return the newest published questions on the sheet ("mentor" or "mentee") for this person.

    The person's own organisation comes before those of the cohorts.
    """
    cohorts = CohortMembership.objects.present().filter(user=user).order_by("-joined_at")
    organisations = [user.organisation_id, *cohorts.values_list("cohort__organisation", flat=True)]
    asked = Version.objects.published().filter(
        questionnaire__use=f"{sheet}_sheet", questionnaire__organisation__in=[pk for pk in organisations if pk]
    )
    found = list(asked.with_questions().order_by("-published_at", "-number"))
    return min(found, key=lambda version: organisations.index(version.questionnaire.organisation_id), default=None)


def response_of(version: Version, profile: Sheet) -> Response | None:
    """Return what the sheet's owner answered so far."""
    answered = Response.objects.about(profile) if profile.pk else Response.objects.none()
    return answered.filter(version=version, respondent=profile.user_id).first()


@dataclass(frozen=True)
class Told:
    """One answer to an organisation's own question, in words; ``file`` is the answer's key where it is an upload."""

    question: str
    answer: Any
    file: int | None = None


def told_of(profile: Sheet, organisations: set[int]) -> list[Told]:
    """Return the answers on a sheet to the questions of these organisations, in order."""
    answers = _answers_of(profile, organisations).order_by("question__section__order", "question__order")
    return [
        Told(answer.question.text, answer.words, answer.pk if answer.file_id else None)
        for answer in answers.select_related("question__section")
        if answer.words
    ]


def file_of(profile: Sheet, organisations: set[int], answer_pk: int) -> StoredFile | None:
    """Return what was uploaded as this answer to a question of these organisations."""
    answer = _answers_of(profile, organisations).filter(pk=answer_pk).select_related("file").first()
    return answer.file if answer else None


def _answers_of(profile: Sheet, organisations: set[int]) -> QuerySet[Answer]:
    """Return the newest answers on a sheet to the questions of these organisations."""
    responses = Response.objects.about(profile).filter(
        respondent=profile.user_id,
        version__questionnaire__organisation__in=organisations,
        version__questionnaire__use__in=("mentor_sheet", "mentee_sheet"),
    )
    return Answer.objects.filter(response=responses.order_by("-version__number").first())
