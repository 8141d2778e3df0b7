"""The rules of pairing that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NobodyToMatch(DomainError):
    """There is no mentee or no mentor who is prepared."""

    code = "nobody_to_match"
    text = _("There is nobody to pair yet. At least one mentor and one mentee must be ready.")


class WeightsWrong(DomainError):
    """A weight is not a whole number from 0 to 5, or all weights are 0."""

    code = "weights_wrong"
    text = _("Give at least one factor a weight from 1 to 5.")


class AlreadyPublished(DomainError):
    """The run is published and cannot change any more."""

    code = "already_published"
    text = _("This pairing is published already.")


class ReasonMissing(DomainError):
    """A change by hand needs a reason."""

    code = "reason_missing"
    text = _("Write why you make this change.")
    field = "reason"


class SamePlace(DomainError):
    """The mentee is with that mentor already."""

    code = "same_place"
    text = _("This mentee is with this mentor already. Choose another one.")
    field = "place"


class RuleBroken(DomainError):
    """A hard rule does not allow the pair; the text names the rule."""

    code = "rule_broken"
    text = _("A rule does not allow this pair.")
    field = "place"


class MentorFull(DomainError):
    """The mentor has no free place."""

    code = "mentor_full"
    text = _("This mentor has no free place. Choose somebody to change places with.")
    field = "place"


class NothingToPublish(DomainError):
    """Nobody has a mentor in this run."""

    code = "nothing_to_publish"
    text = _("Nobody has a mentor in this pairing, so there is nothing to publish.")


class PeopleChanged(DomainError):
    """Somebody of the run left the cohort or joined a group since."""

    code = "people_changed"
    text = _("Somebody left or joined a group since this pairing was made. Run the pairing again.")


class RunChanged(DomainError):
    """Somebody else changed the run since the page was opened."""

    code = "run_changed"
    text = _("Somebody changed this pairing since you opened the page. Look at it again, then decide.")


class NotOpen(DomainError):
    """The run has no result, or was replaced by another one."""

    code = "not_open"
    text = _("This pairing cannot be changed. Open the newest one.")


class NotInRun(DomainError):
    """The mentee or the mentor is not part of the run (any more)."""

    code = "not_in_run"
    text = _("This person is not part of this pairing. Run the pairing again.")
    field = "place"


class NothingToUndo(DomainError):
    """No change by hand is left that could be undone."""

    code = "nothing_to_undo"
    text = _("There is no change left to undo.")


class NotTogether(DomainError):
    """Only a pair that stands in the run can be locked."""

    code = "not_together"
    text = _("This mentee is not with this mentor in the pairing. Move first, then lock.")


class LocksBroken(DomainError):
    """Locked pairs cannot all be kept; the text says why."""

    code = "locks_broken"
    text = _("The locked pairs cannot all be kept. Take a lock off, then try again.")


class OptionsWrong(DomainError):
    """A group cannot be smaller than the smallest size, nor larger than the programme allows."""

    code = "options_wrong"
    text = _("The smallest group cannot be larger than the largest one.")
    field = "minimum"


class NotMembers(DomainError):
    """Both must be in the cohort: one as mentee, one as mentor."""

    code = "not_members"
    text = _("Choose a mentee and a mentor of this cohort.")


class RuleKnown(DomainError):
    """The rule about these two is there already."""

    code = "rule_known"
    text = _("This is known about these two already.")


class RulesContradict(DomainError):
    """Two rules about the same two people cannot both hold."""

    code = "rules_contradict"
    text = _("Another rule says the opposite about these two. Take it back first.")


class InGroupAlready(DomainError):
    """The mentee is in a running group of the cohort."""

    code = "in_group_already"
    text = _("This mentee is in a group already.")
    field = "mentees"


class TooMany(DomainError):
    """A group cannot have more mentees than the programme allows."""

    code = "too_many"
    text = _("That is more mentees than a group can have.")
    field = "mentees"


class NotRunning(DomainError):
    """Only a pairing that is being worked out can be stopped."""

    code = "not_running"
    text = _("This pairing is not being worked out any more.")


class UnknownPlaceholder(DomainError):
    """A letter holds a placeholder that nobody can fill in."""

    code = "unknown_placeholder"
    text = _("Nobody can fill in one of the placeholders. Use those of the list only.")


class FileHasErrors(DomainError):
    """The file is gone, its rows are wrong now, or its owner may not pair the cohort any more."""

    code = "file_has_errors"
    text = _("The file is gone or has errors now, so nothing was written. Choose it again to see them.")
    field = "file"


class FactorKnown(DomainError):
    """A factor of this name is there already."""

    code = "factor_known"
    text = _("There is a factor of this name already. Choose another name.")
    field = "label"


class TooLateToChange(DomainError):
    """From session 3 on the group stays as it is."""

    code = "too_late_to_change"
    text = _("Session 3 has begun, so the match cannot change any more. Talk to your coordinator.")


class NotPublished(DomainError):
    """The groups of the cohort did not come from a pairing, so nobody could solve again."""

    code = "not_published"
    text = _("These groups did not come from a pairing on this site. Talk to your coordinator.")


class NotInThisGroup(DomainError):
    """The mentee is not in this group (any more)."""

    code = "not_in_this_group"
    text = _("This mentee is not in this group any more.")


class AskedAlready(DomainError):
    """The same request waits for an answer."""

    code = "asked_already"
    text = _("You have asked for this already. Your coordinator will answer.")


class AskedTooOften(DomainError):
    """Somebody asks for the same again and again within a day."""

    code = "asked_too_often"
    text = _("You asked for this several times today. Please write to your coordinator, or wait until tomorrow.")


class AlreadyAnswered(DomainError):
    """Somebody answered the request, or it was taken back."""

    code = "already_answered"
    text = _("This request is answered already, or was taken back.")


class NoOtherPlace(DomainError):
    """However few or many people move, no other mentor is possible."""

    code = "no_other_place"
    text = _("No other mentor is possible for this mentee now. Find another mentor, or decline with a reason.")


class PlanChanged(DomainError):
    """Something changed since the coordinator looked, so that other people would move."""

    code = "plan_changed"
    text = _("Something changed meanwhile, and other people would move. Look at the new answer first.")


class WishesClosed(DomainError):
    """The coordinator does not let the cohort's mentees say whom they would like, or not any more."""

    code = "wishes_closed"
    text = _("You cannot say now whom you would like. Ask your coordinator.")


class WishesTooMany(DomainError):
    """Up to three mentors can be ranked and two excluded."""

    code = "wishes_too_many"
    text = _("Name up to three mentors whom you would like, and up to two whom you do not want.")


class WishesContradict(DomainError):
    """A mentor can be named once only."""

    code = "wishes_contradict"
    text = _("Name each mentor once only.")


class NotOffered(DomainError):
    """Only mentors on the list can be named."""

    code = "not_offered"
    text = _("This mentor is not on the list any more. Choose another one.")


class NotConfirmed(DomainError):
    """The proof of a run does not hold, its input was changed, or other pairs come out; the text says which."""

    code = "not_confirmed"
    text = _("This pairing could not be confirmed.")


class NothingToSend(DomainError):
    """No letter of the run waits to be sent again."""

    code = "nothing_to_send"
    text = _("Every letter left already, or is on its way.")


class NamesHiddenAlready(DomainError):
    """The names of the cohort are hidden already."""

    code = "names_hidden_already"
    text = _("The names are hidden already.")


class NamesNotHidden(DomainError):
    """The names of the cohort are shown, so there is nothing to show or to close."""

    code = "names_not_hidden"
    text = _("The names are shown already.")


class NamesStillHidden(DomainError):
    """The decision must be closed before anybody sees the names and publishes."""

    code = "names_still_hidden"
    text = _("The names are still hidden. Close the decision first, then publish.")


class DecisionClosed(DomainError):
    """Names are seen and the decision is closed; who changes pairs now opens it again, with a reason."""

    code = "decision_closed"
    text = _("The decision is closed and the names are seen. Open it again with a reason to change something.")


class DecisionOpen(DomainError):
    """The decision of this run is not closed, so it cannot be opened again."""

    code = "decision_open"
    text = _("This decision is open already.")


class WishesNotAllowed(DomainError):
    """The programme does not let cohorts ask mentees whom they would like."""

    code = "wishes_not_allowed"
    text = _("The programme of this cohort does not let mentees name mentors. Who keeps the programme can allow it.")


class MenteesOwn(DomainError):
    """Whom a mentee excluded is the mentee's own to take back."""

    code = "mentees_own"
    text = _("This was told in confidence. Only the person who told it can take it back.")


class AgainstAWish(DomainError):
    """The mentee excluded this mentor; only the mentee can take that back."""

    code = "against_a_wish"
    text = _("Something told in confidence stands against this pair. Ask the mentees: they can take it back.")
    field = "mentees"


class CountedAlready(DomainError):
    """Somebody of the run is counted in another report on equal treatment of the cohort."""

    code = "counted_already"
    text = _("There is a report of another pairing with the same people. Nobody is counted twice.")


class NotInCohort(DomainError):
    """Only mentors and mentees of the cohort can be asked about their sheets."""

    code = "not_in_cohort"
    text = _("This person is not a mentor or a mentee of this cohort any more.")


class SheetMissing(DomainError):
    """There is no complete sheet that could change."""

    code = "sheet_missing"
    text = _("There is no complete sheet. It must be finished first.")


class HoursMissing(DomainError):
    """A question about free hours names none."""

    code = "hours_missing"
    text = _("Say which hours you ask for.")


class NoMorePlaces(DomainError):
    """The sheet tells the most mentees that it can tell, or is not a mentor's."""

    code = "no_more_places"
    text = _("This mentor's sheet cannot hold one more place.")


class AskedSheetAlready(DomainError):
    """A question of the same kind waits for the person's answer."""

    code = "asked_sheet_already"
    text = _("This person has a question like this already. Wait for the answer.")


class QuestionAnswered(DomainError):
    """The question has an answer."""

    code = "question_answered"
    text = _("This question is answered already. You can change your sheet at any time.")
