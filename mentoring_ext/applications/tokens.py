"""The signed links that applicants without an account use: one confirms the address, one shows how far it is."""

from django.conf import settings
from django.core import signing

from mentoring_ext.applications.models import Application

CONFIRM = "mentoring_ext.applications.confirm"
STATUS = "mentoring_ext.applications.status"


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
    return Application.objects.select_related("call__cohort", "call__organisation", "cv").filter(pk=pk).first()
