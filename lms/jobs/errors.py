"""The rules of long tasks that can be broken, and the way a task stops when its owner asks for it."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class JobEnded(DomainError):
    """What is over cannot be stopped."""

    code = "job_ended"
    text = _("This task is over already.")


class NotRepeatable(DomainError):
    """The job's kind does harm when it runs twice, the job still runs, or what it was given is gone."""

    code = "not_repeatable"
    text = _("This task cannot be started again from here. Go to the page where you started it.")


class JobCancelled(Exception):
    """The owner asked to stop: ``RunningJob.stop_if_cancelled`` raises it, and what is not committed is undone."""
