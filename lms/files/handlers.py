"""Stopping uploads that grow too large while they still arrive."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

# Pictures and documents of editors go to Wagtail, which has limits of its own.
EDITORS_ADDRESSES = ("/cms/", "/administration/")


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most ``UPLOAD_MAX_BYTES`` of a file and lets the rest pass by.

    The file then carries its full size, so that ``lms.files.actions.check_upload`` refuses it beside its field.
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.is_active = self.request is not None and not self.request.path.startswith(EDITORS_ADDRESSES)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.is_active:
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.is_active:
            return raw_data
        if start < settings.UPLOAD_MAX_BYTES:
            self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        return super().file_complete(file_size) if self.is_active else None

    def upload_interrupted(self) -> None:
        if self.is_active:
            super().upload_interrupted()
