"""Course and activity pages; enrolment and progress."""

from lms.courses.models.pages import ActivityPage, CoursePage
from lms.courses.models.progress import ActivityProgress, Enrolment

__all__ = ["ActivityPage", "ActivityProgress", "CoursePage", "Enrolment"]
