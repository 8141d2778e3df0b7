"""What this room adds: the uploads among a person's data."""

from typing import Any

from wagtail import hooks

from lms import plugins
from lms.files.models import StoredFile
from lms.people.models import User
from lms.plugins import PrivacyHandler


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def uploads() -> PrivacyHandler:
    return PrivacyHandler(name="files", models=("lms_files.storedfile",), export=_export, erase=_erase)


def _export(user: User) -> dict[str, Any]:
    files = StoredFile.objects.filter(uploaded_by=user)
    return {"files": [{"name": f.name, "bytes": f.size, "uploaded": f.uploaded_at.isoformat()} for f in files]}


def _erase(user: User) -> None:
    """Take the person off the uploads; what no room needs any more goes with the next removal of orphans."""
    StoredFile.objects.filter(uploaded_by=user).update(uploaded_by=None, name="file")
