"""The mentors' database: who stands in it, the index that finds them, notes about them, and saved views."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.courses.models import ActivityProgress
from lms.files.models import StoredFile
from lms.people.countries import Country
from lms.people.models import Organisation
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.profiles.choices import Guidance
from mentoring_ext.profiles.models.sheets import Sheet, SheetState
from mentoring_ext.profiles.terms import words_in
from mentoring_ext.programmes.models import CohortMembership, Requirement, Role

if TYPE_CHECKING:
    from lms.people.models import User


def places_taken() -> "models.QuerySet[Any, dict[str, Any]]":
    """Return rows of ``group__mentor`` and ``n``: how many mentees each mentor has in running groups."""
    there = GroupMember.objects.present().filter(group__state=MentoringGroup.State.ACTIVE).order_by()
    rows: models.QuerySet[Any, Any] = there.values("group__mentor").annotate(n=Count("pk"))
    return rows


def prepared_mentors() -> "models.QuerySet[CohortMembership]":
    """Return the memberships of mentors whose cohort asks for no more training, because it is done or waived."""
    done = ActivityProgress.objects.filter(
        state=ActivityProgress.State.COMPLETED, user=OuterRef(OuterRef("user")), activity=OuterRef("activity")
    )
    missing = Requirement.objects.filter(~Exists(done), cohort=OuterRef("cohort"), role=Role.MENTOR)
    members = CohortMembership.objects.present().in_role(Role.MENTOR).order_by()
    return members.filter(~Q(waived_because="") | ~Exists(missing))


class MentorProfileQuerySet(models.QuerySet["MentorProfile"]):
    """Reads of the mentors' database."""

    def visible_to(self, user: "User") -> Self:
        """Return the mentors that ``user`` may look up: their own, or all in the database for staff of cohorts."""
        from mentoring_ext.profiles.permissions import mentors_seen_by

        return self.filter(mentors_seen_by(user))

    def entered(self) -> Self:
        """Return those who stand in the mentors' database."""
        return self.exclude(entered_at=None)

    def complete(self) -> Self:
        """Return those whose sheet can be matched."""
        return self.filter(state=SheetState.COMPLETE)

    def having(self, kind: str, code: str) -> Self:
        """Keep those who stand in the index under this code of that ``MentorTerm.Kind``."""
        return self.filter(pk__in=MentorTerm.objects.filter(kind=kind, code=code).values("mentor"))

    def with_words(self, text: str) -> Self:
        """Keep those with all words of ``text``, or words that begin so, in name or sheet."""
        found = self
        for word in words_in(text):
            found = found.filter(
                pk__in=MentorTerm.objects.filter(kind=MentorTerm.Kind.WORD).beginning_with(word).values("mentor")
            )
        return found

    def with_free_place(self) -> Self:
        """Keep those who can take one more mentee now: the sheet's capacity less the places in running groups."""
        taken: models.QuerySet[Any, Any] = places_taken()
        full = taken.filter(n__gte=models.F("group__mentor__mentorprofile__capacity"))
        return self.filter(capacity__gt=0).exclude(user__in=full.values("group__mentor"))

    def prepared(self) -> Self:
        """Keep those who have the training behind them that one of their cohorts asks of mentors, or had it waived."""
        return self.filter(user__in=prepared_mentors().values("user"))

    def newest_first(self, *, before: "MentorProfile | None" = None) -> Self:
        """Order by the day of entry; with ``before`` go on after that mentor."""
        rows = self.order_by("-entered_at", "-pk")
        if before is None:
            return rows
        # The first filter is what the index by entry can begin at; with an OR alone SQLite reads from the newest on.
        same_moment = models.Q(entered_at=before.entered_at, pk__gte=before.pk)
        return rows.filter(~same_moment, entered_at__lte=before.entered_at)


class MentorProfile(Sheet):
    """A mentor's sheet and place in the mentors' database. ``entered_at`` is None until the mentor stands there."""

    class Origin(models.TextChoices):
        IN_HOUSE = "in_house", _("In-house")
        EXTERNAL = "external", _("External professional")
        GRADUATE = "graduate", _("Graduate of the programme")

    origin = models.CharField(_("origin"), max_length=20, choices=Origin)
    entered_at = models.DateTimeField(_("in the mentors' database since"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=Country, blank=True)
    headline = models.CharField(_("what you do, in one line"), max_length=150, blank=True)
    competences = models.JSONField(_("skills and competences"), default=list, blank=True)
    experience = models.TextField(_("experience and know-how"), blank=True)
    groups_before = models.PositiveSmallIntegerField(_("people or groups you mentored before"), null=True, blank=True)
    support = models.JSONField(_("help that you like to give"), default=list, blank=True)
    guidance = models.PositiveSmallIntegerField(
        _("how you like to work with a mentee"), choices=Guidance, null=True, blank=True
    )
    capacity = models.PositiveSmallIntegerField(_("mentees at a time"), default=3)
    picture = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    objects = MentorProfileQuerySet.as_manager()

    class Meta:
        ordering = ["user__last_name", "user__first_name"]
        verbose_name = _("mentor's profile")
        verbose_name_plural = _("mentors' profiles")
        indexes = [models.Index(fields=["-entered_at", "-id"], name="mentors_by_entry")]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("mentoring_profiles:mentor_detail", args=[self.pk])

    @property
    def is_entered(self) -> bool:
        """Whether the mentor stands in the mentors' database."""
        return self.entered_at is not None


class MentorTermQuerySet(models.QuerySet["MentorTerm"]):
    """Reads of the index."""

    def beginning_with(self, code: str) -> Self:
        """Keep codes that begin with ``code``; words are folded as ``terms.words_in`` does it."""
        if connection.vendor == "postgresql":
            return self.filter(code__startswith=code)
        # LIKE does not use the index of SQLite; a range does, and SQLite compares by code point.
        return self.filter(code__gte=code, code__lt=f"{code}\U0010ffff")


class MentorTerm(models.Model):
    """A word or a code under which a mentor is found: one row of the index that actions keep with the sheet.

    ``SHOWN`` are the words and codes of what the public profile shows, as "word:baker" and "language:el".
    """

    class Kind(models.TextChoices):
        WORD = "word", _("Word")
        COMPETENCE = "competence", _("Competence")
        LANGUAGE = "language", _("Language")
        COUNTRY = "country", _("Country")
        ORIGIN = "origin", _("Origin")
        AREA = "area", _("Area of activity")
        FREE = "free", _("Free")
        MEETING = "meeting", _("Meeting")
        SHOWN = "shown", _("Shown to others")

    mentor = models.ForeignKey(MentorProfile, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=60)

    objects = MentorTermQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("mentor", "kind", "code", name="mentor_term_once")]
        indexes = [
            models.Index(
                fields=["kind", "code", "mentor"],
                name="mentors_by_term",
                opclasses=["varchar_ops", "varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.code}"


class MentorNoteQuerySet(models.QuerySet["MentorNote"]):
    """Reads of notes."""

    def visible_to(self, user: "User") -> Self:
        """Keep those of the organisations that ``user`` serves; mentors and mentees see none."""
        from mentoring_ext.profiles.permissions import organisations_served_by

        return self.filter(organisation__in=organisations_served_by(user))


class MentorNote(models.Model):
    """What a coordinator or manager notes about a mentor for colleagues of the same organisation."""

    mentor = models.ForeignKey(MentorProfile, models.CASCADE, related_name="notes")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    written_at = models.DateTimeField()

    objects = MentorNoteQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("note about a mentor")
        verbose_name_plural = _("notes about mentors")

    def __str__(self) -> str:
        return str(_("Note about %(mentor)s") % {"mentor": self.mentor})


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Reads of saved views."""

    def visible_to(self, user: "User") -> Self:
        """Keep one's own, and those shared in an organisation that ``user`` serves."""
        from mentoring_ext.profiles.permissions import organisations_served_by

        return self.filter(Q(owner=user) | Q(organisation__in=organisations_served_by(user)))


class SavedView(models.Model):
    """Filters of the mentors' database under a name; with an ``organisation`` shared with who serves it.

    ``query`` is the part of the address after the question mark, without the page.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint("owner", "name", name="saved_view_name_once")]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('mentoring_profiles:mentor_list')}?{self.query}"
