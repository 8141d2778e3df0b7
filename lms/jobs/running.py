"""What a kind of job is given while it runs."""

from typing import IO, Any

from lms.files.actions import store_made_file
from lms.files.models import StoredFile
from lms.jobs.errors import JobCancelled
from lms.jobs.models import Job
from lms.jobs.progress import Progress, Pulse
from lms.people.models import User


class RunningJob:
    """A job at work: what it was given, a place to count, and one to leave what came out.

    ``data`` is what ``start_job`` was given, ``owner`` the person who waits, ``file`` the input file or None. The
    owner's rights may have changed since the start: ``run`` asks for them again. A ``DomainError`` that ``run`` raises
    ends the job, and its text is shown; any other exception ends it with a general sentence, and is logged.
    """

    def __init__(self, job: Job, pulse: Pulse) -> None:
        self.job_pk: int = job.pk
        self.data: dict[str, Any] = job.data
        self.owner: User = job.owner
        self.file: StoredFile | None = job.input_file
        self.result: dict[str, Any] = {}
        self.result_url = ""
        self.sentence = ""
        self.result_file: StoredFile | None = None
        self._pulse = pulse

    def count(self, done: int, total: int | None = None, note: str = "") -> None:
        """Say how far the job is; as often as you like, as it is written once a second, outside your transaction.

        Without ``total`` and ``note`` the last ones stay.
        """
        last = self._pulse.progress
        self._pulse.progress = Progress(done, last.total if total is None else total, (note or last.note)[:250])

    @property
    def progress(self) -> Progress:
        """What was counted last."""
        return self._pulse.progress

    @property
    def was_cancelled(self) -> bool:
        """Whether the owner wants the job to stop; known a second later."""
        return self._pulse.cancelled.is_set()

    def stop_if_cancelled(self) -> None:
        """Raise ``JobCancelled`` when the owner wants the job to stop; call it between steps that can be undone."""
        if self.was_cancelled:
            raise JobCancelled

    def leave(self, result: dict[str, Any], *, url: str = "", sentence: str = "") -> None:
        """Leave a result as JSON, the address of the page of this site that shows it, and one sentence about it."""
        self.result, self.result_url, self.sentence = result, url, sentence[:250]

    def leave_file(self, name: str, content: IO[bytes], content_type: str) -> StoredFile:
        """Leave a file that the owner can download for as long as the job is kept."""
        self.result_file = store_made_file(content, name=name, content_type=content_type)
        return self.result_file
