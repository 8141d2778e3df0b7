"""What people do with courses: join, open an activity, complete it, and with the last one the course."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.courses.errors import NotEnrolled, OpenActivities, OwnWayToComplete, PrerequisitesUnmet, SelfEnrolmentClosed
from lms.courses.models import ActivityPage, ActivityProgress, CoursePage, Enrolment
from lms.courses.models.querysets import ActivityQuerySet
from lms.courses.outline import kind_of
from lms.journal.actions import record, record_each
from lms.notices.actions import notify
from lms.people.models import User
from lms.plugins import ENROLMENT_RULES, PREREQUISITES, Unmet
from lms.recognition.actions import issue_certificate

BATCH = 500


def unmet_prerequisites(user: User | AnonymousUser, thing: Model) -> list[Unmet]:
    """Return what the person still has to do before entering ``thing`` (a course or, elsewhere, a cohort)."""
    if not isinstance(user, User):
        return []
    return [unmet for prerequisite in PREREQUISITES.collect() for unmet in prerequisite.unmet(user, thing)]


@transaction.atomic
def enrol(user: User, course: CoursePage, *, actor: User | None, source: str = Enrolment.Source.SELF) -> Enrolment:
    """Enrol the person, or return the enrolment that there is; prerequisites bind those who join by themselves.

    Raises ``SelfEnrolmentClosed`` and ``PrerequisitesUnmet``.
    """
    enrolled = Enrolment.objects.filter(user=user, course=course).first()
    if enrolled:
        return enrolled
    if source == Enrolment.Source.SELF:
        _check_may_join(user, course)
    enrolment, created = Enrolment.objects.get_or_create(
        user=user, course_id=course.pk, defaults={"source": source, "enrolled_at": timezone.now()}
    )
    if created:
        record("enrolled", course, actor=actor, context=course, data={"user": user.pk, "source": source})
    return enrolment


def _check_may_join(user: User, course: CoursePage) -> None:
    if not course.self_enrolment:
        raise SelfEnrolmentClosed
    unmet = unmet_prerequisites(user, course)
    if unmet:
        raise PrerequisitesUnmet(unmet)


def courses_by_rule(user: User) -> dict[int, str]:
    """Return the ids of the courses that rules want the person to take, each with the reason in words."""
    return {course: str(reason) for rule in ENROLMENT_RULES.collect() for course, reason in rule.courses_for(user)}


@transaction.atomic
def enrol_by_rules(user: User, *, at: datetime) -> list[Enrolment]:
    """Enrol the person in every published course that a rule names; return the new enrolments."""
    wanted = courses_by_rule(user)
    missing = CoursePage.objects.live().filter(pk__in=wanted).exclude(enrolments__user=user)
    made = [Enrolment(user=user, course=course, source=Enrolment.Source.RULE, enrolled_at=at) for course in missing]
    Enrolment.objects.bulk_create(made, ignore_conflicts=True)
    for enrolment in made:
        reason = wanted[enrolment.course_id]
        record("enrolled", enrolment.course, actor=None, context=enrolment.course, data={"user": user.pk}, at=at)
        text = _("You now take the course “%(course)s”. %(reason)s") % {"course": enrolment.course, "reason": reason}
        notify([user], "course_enrolled", text, enrolment.course.get_url() or "")
    return made


@transaction.atomic
def enrol_people(course: CoursePage, people: Sequence[User], *, reason: str, at: datetime) -> list[User]:
    """Enrol many people in a course that a rule names, and tell those for whom it is new; return them.

    A fixed number of statements for each few hundred people.
    """
    keys = [person.pk for person in people]
    parts = [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
    enrolled = Enrolment.objects.filter(course=course)
    there = {pk for part in parts for pk in enrolled.filter(user__in=part).values_list("user", flat=True)}
    new = [person for person in people if person.pk not in there]
    made = [Enrolment(user=one, course=course, source=Enrolment.Source.RULE, enrolled_at=at) for one in new]
    Enrolment.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH)
    record_each("enrolled", ((course, {"user": one.pk}) for one in new), actor=None, context=course, at=at)
    text = _("You now take the course “%(course)s”. %(reason)s") % {"course": course, "reason": reason}
    notify(new, "course_enrolled", text, course.get_url() or "")
    return new


def enrolment_in(activity: ActivityPage, user: User) -> Enrolment | None:
    """Return the person's enrolment in the course that holds the activity."""
    found = Enrolment.objects.select_related("course").filter(user=user, course__path=activity.course_path)
    return found.first()


@transaction.atomic
def view_activity(activity: ActivityPage, *, actor: User, at: datetime) -> ActivityProgress | None:
    """Note that an enrolled person opened the activity for the first time; None for those who only read."""
    enrolment = enrolment_in(activity, actor)
    if enrolment is None:
        return None
    progress, created = ActivityProgress.objects.get_or_create(
        user=actor, activity_id=activity.pk, defaults={"first_viewed_at": at}
    )
    if created:
        record("viewed", activity, actor=actor, context=enrolment.course, at=at)
    return progress


def finish_activity(activity: ActivityPage, *, actor: User, at: datetime) -> ActivityProgress:
    """Complete an activity by the person's word that it is done.

    Raises ``OwnWayToComplete`` where the activity decides itself (a quiz is passed), and ``NotEnrolled``.
    """
    if kind_of(activity).completed_by != "viewed":
        raise OwnWayToComplete
    return complete_activity(activity, actor=actor, at=at)


@transaction.atomic
def complete_activity(activity: ActivityPage, *, actor: User, at: datetime) -> ActivityProgress:
    """Complete the activity and, with the last one, the course; twice changes nothing. Raises ``NotEnrolled``."""
    # The enrolment is locked: of two last activities completed at once, the second must see the first.
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("course", "user")
        .filter(user=actor, course__path=activity.course_path)
        .first()
    )
    if enrolment is None:
        raise NotEnrolled
    progress, _created = ActivityProgress.objects.get_or_create(
        user=actor, activity_id=activity.pk, defaults={"first_viewed_at": at}
    )
    if progress.state == ActivityProgress.State.COMPLETED:
        return progress
    progress.state, progress.completed_at = ActivityProgress.State.COMPLETED, at
    progress.save(update_fields=["state", "completed_at"])
    record("completed", activity, actor=actor, context=enrolment.course, at=at)
    if not enrolment.completed_at and not open_activities(enrolment).exists():
        _complete_course(enrolment, at)
    return progress


@transaction.atomic
def finish_course(enrolment: Enrolment, *, actor: User, at: datetime) -> Enrolment:
    """Complete a course whose last open activity was taken out. Raises ``OpenActivities`` when something is left."""
    locked = Enrolment.objects.select_for_update(of=("self",)).select_related("course", "user").get(pk=enrolment.pk)
    if open_activities(locked).exists():
        raise OpenActivities
    if not locked.completed_at:
        _complete_course(locked, at)
    return locked


def open_activities(enrolment: Enrolment) -> ActivityQuerySet:
    """Return the published activities of the course that the person has not completed, in page order."""
    done = ActivityProgress.objects.filter(user=enrolment.user_id, state=ActivityProgress.State.COMPLETED)
    inside = ActivityPage.objects.child_of(enrolment.course).live()
    left: ActivityQuerySet = inside.exclude(pk__in=done.values("activity"))
    return left


def _complete_course(enrolment: Enrolment, at: datetime) -> None:
    enrolment.completed_at = at
    enrolment.save(update_fields=["completed_at"])
    record("completed", enrolment.course, actor=enrolment.user, context=enrolment.course, at=at)
    text = _("You completed “%(course)s”. Well done!") % {"course": enrolment.course}
    url = enrolment.course.get_url() or ""
    if enrolment.course.gives_certificate:
        url = issue_certificate(enrolment, at=at).get_absolute_url()
    notify([enrolment.user], "course_completed", text, url)
