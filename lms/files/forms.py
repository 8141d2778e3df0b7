"""A form field for private files that loses no upload when another field is wrong."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from lms.errors import DomainError
from lms.files.actions import check_upload, store_upload, words_for
from lms.files.errors import WrongKind
from lms.files.kinds import KINDS
from lms.files.models import StoredFile
from lms.people.models import User

SALT = "lms.files.kept"
KEPT_FOR = 24 * 60 * 60


class PrivateFileInput(forms.FileInput):
    """A file input beside a hidden one, which names the upload that was kept from the try before.

    ``current`` is the file that is stored in its place already; it stays unless another one is chosen, or it is taken
    out by its tick. ``address`` is where somebody who may have it sees it.
    """

    template_name = "files/private_file_input.html"
    kept: StoredFile | None = None
    current: StoredFile | None = None
    address = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> "UploadedFile[bytes] | StoredFile | bool | None":
        if self.kept is None:
            self.kept = kept_file(data.get(f"{name}-kept", ""))
        upload = super().value_from_datadict(data, files, name)
        if not upload and f"{name}-out" in data:
            self.kept = self.current = None
            return False
        return upload or self.kept

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and f"{name}-kept" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        token = signing.dumps(self.kept.pk.hex, salt=SALT) if self.kept else ""
        kept = self.kept or self.current
        own = {"kept": kept, "kept_token": token, "address": self.address, "may_go": not self.is_required}
        own["is_picture"] = kept is not None and kept.content_type.startswith("image/")
        return {**super().get_context(name, value, attrs), **own}


def kept_file(token: str) -> StoredFile | None:
    """Return the upload that a form kept, unless the token is wrong or old, or the file is in use by now."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return StoredFile.objects.unused().filter(pk=pk).first()


class PrivateFileField(forms.FileField):
    """Takes one private file of some kinds; cleans to a fresh upload, to a kept ``StoredFile`` or to None."""

    widget = PrivateFileInput

    def __init__(self, *, kinds: Collection[str], **options: Any) -> None:
        self.kinds = tuple(kinds)
        super().__init__(**{"help_text": lazy(self._help, str)(), **options})

    def _help(self) -> str:
        words = {"kinds": words_for(self.kinds), "size": filesizeformat(settings.UPLOAD_MAX_BYTES)}
        return _("%(kinds)s, up to %(size)s.") % words

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[bytes] | StoredFile | None":
        if isinstance(data, StoredFile):
            # What another form kept may be of a kind that this one does not take.
            if data.content_type not in {KINDS[name].content_type for name in self.kinds}:
                raise ValidationError(str(WrongKind(words_for(self.kinds)).text), code=WrongKind.code)
            return data
        if data is False:
            data, initial = None, None
        if not data and isinstance(initial, StoredFile):
            return initial
        upload: UploadedFile[bytes] | None = super().clean(data, initial)
        if upload:
            try:
                check_upload(upload, self.kinds)
            except DomainError as error:
                raise ValidationError(str(error.text), code=error.code)
        return upload or None

    def to_python(self, data: Any) -> "UploadedFile[bytes] | None":
        # Empty files get their text from the check of the content.
        return data or None


def keep_uploads(form: forms.BaseForm, *, actor: User | None) -> None:
    """Keep the good uploads of a form that is otherwise wrong, so that nobody has to choose them again."""
    for name, field in form.fields.items():
        value = getattr(form, "cleaned_data", {}).get(name)
        if isinstance(field, PrivateFileField) and isinstance(value, UploadedFile):
            field.widget.kept = store_upload(value, actor=actor, kinds=field.kinds)


def stored_value(form: forms.BaseForm, name: str, *, actor: User | None) -> StoredFile | None:
    """Return what the clean ``PrivateFileField`` of this name holds as a stored file, storing a fresh upload."""
    value, field = form.cleaned_data[name], form.fields[name]
    if isinstance(value, UploadedFile) and isinstance(field, PrivateFileField):
        return store_upload(value, actor=actor, kinds=field.kinds)
    return value if isinstance(value, StoredFile) else None
