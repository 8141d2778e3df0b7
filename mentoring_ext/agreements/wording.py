"""The usual words of an agreement, which every group changes as it likes."""

from django.utils.translation import gettext_lazy as _

FREQUENCY = _("Once a week")
RESPONSIBILITIES = _(
    "The mentor prepares each session, listens, gives honest feedback and registers the session afterwards.\n"
    "The mentees come to the sessions, try things out and say early when something is too hard or too easy.\n"
    "Everybody says in good time when they cannot come.\n"
    "The coordinator helps when something does not work."
)
CONTACT_LIMITS = _(
    "Between the sessions we write to each other in the group's chat, Monday to Friday from 9 to 18.\n"
    "We answer within two working days. We call only when we have agreed on it."
)
RULES = _(
    "We treat each other with respect, and nobody is laughed at for a question.\n"
    "We are on time.\n"
    "What is said in the group stays in the group.\n"
    "Until the third session each of us may ask the coordinator for another match, without giving a reason."
)
PRIVACY = _(
    "Names, contacts and notes are used for this mentoring only. The coordinator reads this agreement and the forms "
    "of the sessions, and keeps them in confidence. The chat, the forum and the documents belong to the group. "
    "Each of us may ask to see or to delete what is kept about us."
)
