"""The signed links that applicants without an account use.

One goes on with what is not sent yet, one confirms the address, one shows how far the application is.
"""

from django.conf import settings
from django.core import signing

from mentoring_ext.applications.models import Application, Draft

DRAFT = "mentoring_ext.applications.draft"
CONFIRM = "mentoring_ext.applications.confirm"
STATUS = "mentoring_ext.applications.status"


def draft_token(draft: Draft) -> str:
    """Return the text of the link that goes on with a draft; it works as long as the draft is kept."""
    return signing.Signer(salt=DRAFT).sign(draft.key.hex)


def draft_of(token: str) -> Draft | None:
    """Return the draft of a link, or None when the link is broken, or the draft was sent, thrown away or is too old."""
    try:
        key = signing.Signer(salt=DRAFT).unsign(token)
    except signing.BadSignature:
        return None
    drafts = Draft.objects.select_related("call__organisation", "call__cohort__programme", "call__version")
    return drafts.prefetch_related("files__file").filter(key=key).first()


def confirm_token(application: Application) -> str:
    """Return the text of the link that confirms the address."""
    return signing.dumps(application.pk, salt=CONFIRM)


def status_token(application: Application) -> str:
    """Return the text of the link to the applicant's own page; it works as long as the application is kept."""
    return signing.dumps(application.pk, salt=STATUS)


def application_to_confirm(token: str) -> Application | None:
    """Return the application of a confirmation link, or None when the link is broken, old or was replaced."""
    return _application(token, CONFIRM, max_age=settings.INVITATION_DAYS * 24 * 60 * 60)


def application_of(token: str) -> Application | None:
    """Return the confirmed application of a status link, or None when the link is broken."""
    application = _application(token, STATUS, max_age=None)
    return application if application and application.stage != Application.Stage.UNCONFIRMED else None


def _application(token: str, salt: str, *, max_age: int | None) -> Application | None:
    try:
        pk = signing.loads(token, salt=salt, max_age=max_age)
    except signing.BadSignature:
        return None
    applications = Application.objects.kept().select_related("call__cohort", "call__organisation", "cv", "picture")
    return applications.filter(pk=pk).first()
