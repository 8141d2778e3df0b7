"""The sheets that mentees and mentors fill in, and what stands apart because it is sensitive."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetState(models.TextChoices):
    """Whether a sheet may still be incomplete."""

    DRAFT = "draft", _("Draft")
    COMPLETE = "complete", _("Complete")


class Style(models.TextChoices):
    """How a person likes to communicate."""

    DIRECT = "direct", _("Straight to the point")
    WARM = "warm", _("Warm and personal")
    THOROUGH = "thorough", _("Step by step, with details")
    PLAYFUL = "playful", _("Trying things out together")


class Sheet(models.Model):
    """What the mentor's and the mentee's sheet share.

    Lists of codes are JSON lists of strings out of ``mentoring_ext.profiles.choices``; ``availability`` is a list of
    hours of the week, 0 = Monday 00:00 to 167 = Sunday 23:00.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)s")
    state = models.CharField(max_length=20, choices=SheetState, default=SheetState.DRAFT)
    saved_at = models.DateTimeField(auto_now=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    interests = models.JSONField(_("interests"), default=list, blank=True)
    area = models.CharField(_("area of activity"), max_length=40, blank=True)
    style = models.CharField(_("communication style"), max_length=20, choices=Style, blank=True)
    motivation = models.TextField(_("motivation"), blank=True)
    availability = models.JSONField(_("free hours"), default=list, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    online = models.BooleanField(_("can meet online"), default=True)
    in_person = models.BooleanField(_("can meet in person"), default=False)

    class Meta:
        abstract = True


class MentorProfile(Sheet):
    """A mentor's sheet and place in the mentors' database. ``entered_at`` is None until the mentor stands there."""

    class Origin(models.TextChoices):
        IN_HOUSE = "in_house", _("In-house")
        EXTERNAL = "external", _("External professional")
        GRADUATE = "graduate", _("Graduate of the programme")

    origin = models.CharField(_("origin"), max_length=20, choices=Origin)
    entered_at = models.DateTimeField(_("in the mentors' database since"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    headline = models.CharField(_("what you do, in one line"), max_length=150, blank=True)
    competences = models.JSONField(_("skills and competences"), default=list, blank=True)
    experience = models.TextField(_("experience and know-how"), blank=True)
    mentoring_years = models.PositiveSmallIntegerField(_("years of mentoring"), null=True, blank=True)
    brings_change = models.TextField(_("change you want to bring about"), blank=True)
    capacity = models.PositiveSmallIntegerField(_("mentees at a time"), default=3)

    class Meta:
        ordering = ["user__last_name", "user__first_name"]
        verbose_name = _("mentor's profile")
        verbose_name_plural = _("mentors' profiles")

    def __str__(self) -> str:
        return str(self.user)


class MenteeProfile(Sheet):
    """A mentee's sheet. ``digital_level`` maps a topic's code to a self-assessment from 0 (new to it) to 4."""

    class Autonomy(models.IntegerChoices):
        GUIDED = 1, _("I like to be guided at each step")
        SOME_HELP = 2, _("I need help now and then")
        ALONE = 3, _("I work on my own and ask when stuck")

    goals = models.TextField(_("goals"), blank=True)
    needs = models.JSONField(_("what you want to learn"), default=list, blank=True)
    expectations = models.TextField(_("what you expect of a mentor"), blank=True)
    autonomy = models.PositiveSmallIntegerField(_("how you like to learn"), choices=Autonomy, null=True, blank=True)
    digital_level = models.JSONField(_("what you can do now"), default=dict, blank=True)

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
    gender = models.CharField(_("gender"), max_length=20, blank=True)
    other_gender_welcome = models.BooleanField(_("a mentor of another gender is fine"), default=False)
    culture = models.CharField(_("culture and life context"), max_length=200, blank=True)
    religion = models.CharField(_("religion"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("sensitive details")
        verbose_name_plural = _("sensitive details")

    def __str__(self) -> str:
        return str(self.user)
