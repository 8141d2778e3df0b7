"""The board: a call's applications by stage."""

from dataclasses import dataclass, field

from mentoring_ext.applications.models import OPEN_STAGES, Application, Call, Stage


@dataclass
class Column:
    """One stage with the applications in it, and the stage that usually follows."""

    stage: Stage
    following: Stage | None
    applications: list[Application] = field(default_factory=list)


def columns_of(call: Call) -> tuple[list[Column], list[Application]]:
    """Return a column for each open stage, the longest waiting first, and the applications that came to an end."""
    columns = {stage: Column(stage, after) for stage, after in zip(OPEN_STAGES, [*OPEN_STAGES[1:], None], strict=True)}
    ended = []
    for application in call.applications.confirmed().order_by("applied_at"):
        if application.is_undecided:
            columns[Stage(application.stage)].applications.append(application)
        else:
            ended.append(application)
    return list(columns.values()), ended
