"""What long tasks add: their notices, how long they are kept, a look after lost ones, and personal data."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms import plugins
from lms.jobs import actions
from lms.jobs.models import Job
from lms.plugins import Held, NightlyTask, NoticeKind, PrivacyHandler, RetentionRule


@hooks.register(plugins.NOTICE_KINDS.name)
def kinds() -> list[NoticeKind]:
    return [
        NoticeKind("job_ended", _("A long task of yours is over"), icon="list-checks", mail=False),
        NoticeKind("long_job_ended", _("A task that took more than two minutes is over"), icon="list-checks"),
    ]


@hooks.register(plugins.NIGHTLY_TASKS.name)
def lost_jobs() -> NightlyTask:
    return NightlyTask("lost_jobs", _("Long tasks that were interrupted"), run=actions.recover_jobs)


@hooks.register(plugins.RETENTION_RULES.name)
def old_jobs() -> RetentionRule:
    text = _("Imports, exports and other long tasks, with the files that were given and made.")
    return RetentionRule(
        "jobs", _("Long tasks and their files"), days=30, enforce=_delete_before, text=text, count=_count_before
    )


def _delete_before(when: datetime) -> int:
    return actions.delete_jobs(before=when)


def _count_before(when: datetime) -> int:
    return Job.objects.ended_before(when).count()


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def jobs() -> PrivacyHandler:
    return PrivacyHandler(
        name="jobs",
        models=["lms_jobs.Job"],
        export=None,
        erase=actions.delete_jobs_of,
        label=_("Long tasks that you started"),
        held=[
            Held(
                "lms_jobs.job", about="owner", left_out={"result_file": "A copy of your data would hold the last copy."}
            )
        ],
    )
