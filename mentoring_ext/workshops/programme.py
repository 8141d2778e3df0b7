"""A workshop's programme with the hour at which each point begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring_ext.workshops.models import ProgrammePoint, Workshop


@dataclass(frozen=True)
class TimedPoint:
    """A point of the programme and when it begins."""

    point: ProgrammePoint
    starts_at: datetime


def programme_of(workshop: Workshop) -> list[TimedPoint]:
    """Return the points in order, each starting when the one before ends, in one query."""
    points, starts_at = [], workshop.starts_at
    for point in workshop.points.select_related("scenario"):
        points.append(TimedPoint(point, starts_at))
        starts_at += timedelta(minutes=point.minutes)
    return points
