"""The files that applicants sent, and how they go."""

from collections.abc import Iterable

from lms.files.actions import delete_file
from lms.files.models import StoredFile
from lms.people.models import User
from mentoring_ext.applications.models import Application, Draft


def files_of(application: Application) -> list[StoredFile]:
    """Return every file that the applicant sent."""
    rows = application.responses.prefetch_related("answers__file")
    answers = [answer.file for response in rows for answer in response.answers.all()]
    return [file for file in (application.picture, application.cv, *answers) if file]


def delete_unused(files: Iterable[StoredFile], *, actor: User | None) -> None:
    """Delete those of the files that no row of any room points to."""
    for file in StoredFile.objects.unused().filter(pk__in=[file.pk for file in files]):
        delete_file(file, actor=actor)


def throw_away(draft: Draft, *, actor: User | None) -> None:
    """Delete a draft with its files; those that an application took over stay."""
    files = [row.file for row in draft.files.select_related("file")]
    draft.delete()
    delete_unused(files, actor=actor)
