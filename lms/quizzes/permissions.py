"""Who may answer: the person whose attempt it is."""

import rules
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.people.permissions import describe
from lms.quizzes.models import Attempt


@rules.predicate
def is_taker(user: User | AnonymousUser, attempt: Attempt) -> bool:
    """Return whether the attempt is the person's own."""
    return attempt.user_id == user.pk


rules.add_perm("lms_quizzes.start_attempt", rules.is_authenticated)
rules.add_perm("lms_quizzes.answer_attempt", is_taker)

describe("lms_quizzes.start_attempt", _("take a quiz"))
describe("lms_quizzes.answer_attempt", _("answer the questions of a quiz attempt"), Attempt.objects.visible_to)
