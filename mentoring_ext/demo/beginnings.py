"""Where the demo's mentees begin: the initial evaluation that each pair wrote in its first session."""

from datetime import datetime

from mentoring_ext.demo.people import Demo
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.registrations.actions import finish_initial, initial_of

TOPICS = ("information", "content", "collaboration", "marketing", "problems")


def write_down_the_start(demo: Demo, group: MentoringGroup, at: datetime, *, left_out: int = 0) -> None:
    """Let the pairs of a group write their initial evaluation, all but the last ``left_out``."""
    pairs = list(group.members.select_related("user").order_by("pk"))
    words = demo.words["beginnings"]
    for pair in pairs[: len(pairs) - left_out]:
        answers = words[pair.pk % len(words)] | {
            "devices": ["phone"],
            "need-way": ["shown", "trying"],
            "motivation-strong": 3 + pair.pk % 3,
            "trust": 2 + pair.pk % 3,
            **{f"sure-{topic}": 1 + (pair.pk + place) % 3 for place, topic in enumerate(TOPICS)},
        }
        finish_initial(initial_of(pair, at=at), actor=pair.user, answers=answers, at=at)
