"""What this room adds: the uploads among a person's data."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms import plugins
from lms.files.actions import remove_orphans
from lms.files.models import StoredFile
from lms.people.models import User
from lms.plugins import Held, PrivacyHandler, RetentionRule


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def uploads() -> PrivacyHandler:
    return PrivacyHandler(
        name="files",
        models=("lms_files.storedfile",),
        export=None,
        erase=_erase,
        label=_("Files that you sent"),
        held=[Held("lms_files.storedfile", about="uploaded_by")],
    )


def _erase(user: User) -> None:
    """Take the person off the uploads; what no room needs any more goes with the next removal of orphans."""
    StoredFile.objects.filter(uploaded_by=user).update(uploaded_by=None, name="file")


@hooks.register(plugins.RETENTION_RULES.name)
def orphans() -> RetentionRule:
    return RetentionRule(
        name="orphans",
        label=_("Files that belong to nothing"),
        days=2,
        text=_("Uploads that no form, document or message holds any more are deleted."),
        enforce=lambda before: remove_orphans(before=before),
        count=lambda before: StoredFile.objects.unused().filter(uploaded_at__lt=before).count(),
    )
