"""What stays of an application, and what goes with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lms.questionnaires.actions import save_draft, submit_response
from mentoring_ext.applications.kept_files import delete_unused, files_of
from mentoring_ext.applications.models import Application
from mentoring_ext.applications.uses import TYPED


def keep_answers(application: Application, answers: Mapping[str, Any], *, at: datetime) -> None:
    """Keep the answers that have no column, in place of those kept before."""
    application.responses.all().delete()
    if application.version is None or not answers:
        return
    response = save_draft(application.version, actor=None, subject=application, answers=answers, at=at)
    columns = {name: getattr(application, name) for name in TYPED}
    submit_response(response, answers=answers, columns=columns, at=at)


def delete_application(application: Application) -> None:
    """Delete an application that nobody looked at, with its answers and files."""
    files = files_of(application)
    application.delete()
    delete_unused(files, actor=None)
