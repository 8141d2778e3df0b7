"""How states of jobs look."""

from lms.jobs.models import Job

OPEN_STATES = (Job.State.WAITING, Job.State.RUNNING)
CHIPS: dict[str, str] = {
    Job.State.WAITING: "info",
    Job.State.RUNNING: "info",
    Job.State.DONE: "done",
    Job.State.FAILED: "late",
    Job.State.CANCELLED: "plain",
    Job.State.INTERRUPTED: "late",
}
"""The kind of chip for each state."""
