"""Reading pages for one person: what they may see, and how far they have come."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Concat
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from lms.people.models import User


def _opens_to(restriction: PageViewRestriction, user: "User | AnonymousUser") -> bool:
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return bool(user.is_authenticated)
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        groups = {group.pk for group in restriction.groups.all()}
        return user.is_superuser or user.groups.filter(pk__in=groups).exists()
    return False


def _is_restricted() -> Exists:
    """Tell whether anything restricts the page or one above it; visitors without an account meet none of these."""
    here = ExpressionWrapper(OuterRef("path"), CharField())
    return Exists(PageViewRestriction.objects.annotate(here=here).filter(here__startswith=F("page__path")))


class VisiblePageQuerySet(PageQuerySet):
    """Pages as one person may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep published pages that no view restriction hides from the person."""
        if not user.is_authenticated:
            open_to_all: Self = self.filter(~_is_restricted(), live=True)
            return open_to_all
        hidden = Q(pk__in=[])
        for restriction in PageViewRestriction.objects.select_related("page").prefetch_related("groups"):
            if not _opens_to(restriction, user):
                hidden |= self.descendant_of_q(restriction.page, inclusive=True)
        kept: Self = self.live().exclude(hidden)
        return kept


class CourseQuerySet(VisiblePageQuerySet):
    """Course pages."""

    def taken_by(self, user: "User") -> Self:
        """Keep the courses that the person is enrolled in, the last joined first."""
        kept: Self = self.filter(enrolments__user=user).order_by("-enrolments__enrolled_at")
        return kept

    def with_progress(self, user: "User | AnonymousUser") -> Self:
        """Add ``activities_total``, ``activities_done``, ``enrolled_at`` and ``completed_at`` of the person."""
        # A child's path is its parent's path and four more characters, so this range reads the path's index.
        activities = apps.get_model("lms_courses", "ActivityPage").objects.filter(
            live=True, path__gt=OuterRef("path"), path__lte=Concat(OuterRef("path"), Value("ZZZZ"))
        )
        done = activities.filter(progress__user=user.pk, progress__state="completed")
        enrolments = apps.get_model("lms_courses", "Enrolment").objects.filter(user=user.pk, course=OuterRef("pk"))
        added: Self = self.annotate(
            activities_total=_count(activities),
            activities_done=_count(done),
            enrolled_at=Subquery(enrolments.values("enrolled_at")[:1]),
            completed_at=Subquery(enrolments.values("completed_at")[:1]),
        )
        return added


def _count(rows: "QuerySet[Any]") -> Coalesce:
    # order_by() and a constant group: without them the page's ordering would split the count.
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class ActivityQuerySet(VisiblePageQuerySet):
    """Activity pages."""

    def with_progress(self, user: "User | AnonymousUser") -> Self:
        """Add ``progress_state``: the person's state in the activity, empty where not started."""
        progress = apps.get_model("lms_courses", "ActivityProgress").objects.filter(
            user=user.pk, activity=OuterRef("pk")
        )
        added: Self = self.annotate(progress_state=Coalesce(Subquery(progress.values("state")[:1]), Value("")))
        return added
