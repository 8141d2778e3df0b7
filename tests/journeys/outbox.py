"""The mail that the running site wrote into files."""

import re
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers import wait_until

END = b"-" * 79


class Outbox:
    """Reads the folder into which the demo's settings send mail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def link_to(self, address: str, part: str) -> str:
        """Wait for a mail to ``address`` with a link that contains ``part``; return the newest such path."""
        found: list[str] = []

        def arrived() -> bool:
            found[:] = [link for text in self._texts_to(address) for link in re.findall(r"https?://\S+", text)]
            return any(part in link for link in found)

        wait_until(arrived)
        return urlsplit([link for link in found if part in link][-1]).path

    def _texts_to(self, address: str) -> list[str]:
        files = sorted(self.folder.glob("*"), key=lambda path: path.stat().st_mtime) if self.folder.exists() else []
        mails = [message_from_bytes(raw, policy=policy.default) for file in files for raw in _split(file.read_bytes())]
        bodies = [mail.get_body(("plain",)) for mail in mails if address in str(mail["To"])]
        return [str(body.get_content()) for body in bodies if body is not None]


def _split(content: bytes) -> list[bytes]:
    return [part.strip() for part in content.split(END) if part.strip()]
