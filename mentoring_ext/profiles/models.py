"""The sheets that mentees and mentors fill in, the mentors' database, and what stands apart because it is sensitive."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.people.countries import Country
from mentoring_ext.profiles.choices import Area, Gender, Guidance, Language, MixedGender

if TYPE_CHECKING:
    from lms.people.models import User


class SheetState(models.TextChoices):
    """Whether a sheet may still be incomplete."""

    DRAFT = "draft", _("Draft")
    COMPLETE = "complete", _("Complete")


class Sheet(models.Model):
    """What the mentor's and the mentee's sheet share.

    Lists hold codes out of ``mentoring_ext.profiles.choices``. ``availability`` holds free hours of a usual week,
    0 = Monday 00:00 to 167 = Sunday 23:00. ``digital_level`` maps a topic's code to 0 (new to it) … 4 (can teach it).
    A draft may lack anything; a complete sheet has passed the form's check. ``consented_at`` is the consent to be
    matched by this sheet. The ``style_…`` scales run from 1 to 5 between the two ends of ``choices.STYLES``.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)s")
    state = models.CharField(max_length=20, choices=SheetState, default=SheetState.DRAFT)
    saved_at = models.DateTimeField(auto_now=True)
    consented_at = models.DateTimeField(null=True, blank=True)

    first_language = models.CharField(_("first language"), max_length=5, choices=Language, blank=True)
    languages = models.JSONField(_("languages for talking together"), default=list, blank=True)
    area = models.CharField(_("area of activity"), max_length=40, choices=Area, blank=True)
    interests = models.JSONField(_("interests"), default=list, blank=True)
    motives = models.JSONField(_("what shall change"), default=list, blank=True)
    motivation = models.TextField(_("motivation"), blank=True)
    objectives = models.JSONField(_("goals of the programme"), default=list, blank=True)
    digital_level = models.JSONField(_("digital skills"), default=dict, blank=True)

    style_words = models.PositiveSmallIntegerField(null=True, blank=True)
    style_plan = models.PositiveSmallIntegerField(null=True, blank=True)
    style_group = models.PositiveSmallIntegerField(null=True, blank=True)
    style_pace = models.PositiveSmallIntegerField(null=True, blank=True)

    availability = models.JSONField(_("free hours"), default=list, blank=True)
    online = models.BooleanField(_("can meet online"), default=True)
    in_person = models.BooleanField(_("can meet in person"), default=False)
    place = models.CharField(_("town"), max_length=100, blank=True)
    access = models.JSONField(_("accessibility"), default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def is_complete(self) -> bool:
        """Whether the sheet can be matched."""
        return self.state == SheetState.COMPLETE

    @property
    def styles(self) -> tuple[int | None, ...]:
        """The four scales of personality and communication."""
        return self.style_words, self.style_plan, self.style_group, self.style_pace


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

    def searched(
        self, *, q: str = "", competence: str = "", language: str = "", country: str = "", origin: str = ""
    ) -> Self:
        """Keep those with all words of ``q`` in name or sheet, and with the chosen competence, language and so on."""
        found = self
        for word in q.split():
            found = found.filter(_has_word(word))
        for name, code in (("competences", competence), ("languages", language)):
            if code:
                found = found.alias(**{f"{name}_text": Cast(name, models.TextField())})
                found = found.filter(**{f"{name}_text__contains": f'"{code}"'})
        exact = {name: value for name, value in (("country", country), ("origin", origin)) if value}
        return found.filter(**exact)

    def newest_first(self, *, before: "MentorProfile | None" = None) -> Self:
        """Order by the day of entry; with ``before`` go on after that mentor."""
        rows = self.order_by("-entered_at", "-pk")
        if before is None:
            return rows
        older = models.Q(entered_at__lt=before.entered_at)
        return rows.filter(older | models.Q(entered_at=before.entered_at, pk__lt=before.pk))


def _has_word(word: str) -> models.Q:
    fields = ("user__first_name", "user__last_name", "headline", "experience", "motivation", "place")
    return models.Q.create([(f"{name}__icontains", word) for name in fields], connector=models.Q.OR)


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


class MenteeProfile(Sheet):
    """A mentee's sheet."""

    goals = models.TextField(_("your goals, in your own words"), blank=True)
    support = models.JSONField(_("help that you would like"), default=list, blank=True)
    expectations = models.TextField(_("what you expect of a mentor"), blank=True)
    guidance = models.PositiveSmallIntegerField(_("how you like to learn"), choices=Guidance, null=True, blank=True)
    mixed_gender = models.CharField(
        _("may your mentor be of another gender?"), max_length=20, choices=MixedGender, blank=True
    )

    class Meta:
        ordering = ["user__last_name", "user__first_name"]
        verbose_name = _("mentee's profile")
        verbose_name_plural = _("mentees' profiles")

    def __str__(self) -> str:
        return str(self.user)


class SensitiveDetails(models.Model):
    """What a person may tell but never has to; used for matching only while ``consented_at`` is set, never shown."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sensitive_details")
    consented_at = models.DateTimeField(null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=20, choices=Gender, blank=True)
    contexts = models.JSONField(_("what you know from your own life"), default=list, blank=True)
    culture = models.CharField(_("culture"), max_length=100, blank=True)
    ethnicity = models.CharField(_("ethnic group"), max_length=100, blank=True)
    religion = models.CharField(_("religion"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("sensitive details")
        verbose_name_plural = _("sensitive details")

    def __str__(self) -> str:
        return str(self.user)


class GraduateInvitation(models.Model):
    """An invitation to a mentee who completed the programme to become a mentor."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="graduate_invitation")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("mentoring_profiles:graduate_invitation")
