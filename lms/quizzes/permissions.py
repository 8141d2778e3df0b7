"""Who may answer: the person whose attempt it is."""

import rules
from django.contrib.auth.models import AnonymousUser

from lms.people.models import User
from lms.quizzes.models import Attempt


@rules.predicate
def is_taker(user: User | AnonymousUser, attempt: Attempt) -> bool:
    """Return whether the attempt is the person's own."""
    return attempt.user_id == user.pk


rules.add_perm("lms_quizzes.start_attempt", rules.is_authenticated)
rules.add_perm("lms_quizzes.answer_attempt", is_taker)
