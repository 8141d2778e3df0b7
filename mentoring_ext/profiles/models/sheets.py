"""The sheets that mentees and mentors fill in, their drafts, and what stands apart because it is sensitive."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.profiles.choices import Area, Gender, Guidance, Language, MixedGender


class SheetState(models.TextChoices):
    """Whether a sheet may still be incomplete."""

    DRAFT = "draft", _("Draft")
    COMPLETE = "complete", _("Complete")


class Sheet(models.Model):
    """What the mentor's and the mentee's sheet share.

    Lists hold codes out of ``mentoring_ext.profiles.choices``. ``availability`` holds free hours of a usual week,
    0 = Monday 00:00 to 167 = Sunday 23:00. ``digital_level`` maps a topic's code to 0 (new to it) … 4 (can teach it).
    A draft may lack anything; a complete sheet has passed the form's check, and its owner agreed to be matched by it
    (the consent "matching"; without it the sheet is a draft). The ``style_…`` scales run from 1 to 5 between the two
    ends of ``choices.STYLES``.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)s")
    state = models.CharField(max_length=20, choices=SheetState, default=SheetState.DRAFT)
    saved_at = models.DateTimeField(auto_now=True)

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
    def spoken(self) -> list[str]:
        """Every language that the person speaks, the first language first; it is found under all of them."""
        return list(dict.fromkeys(code for code in (self.first_language, *self.languages) if code))

    @property
    def styles(self) -> tuple[int | None, ...]:
        """The four scales of personality and communication."""
        return self.style_words, self.style_plan, self.style_group, self.style_pace


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
    """What a person may tell but never has to; it stands here only with the consent "sensitive" and is never shown."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sensitive_details")
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


class SheetDraft(models.Model):
    """What a person typed on one step of a sheet and has not saved yet, right or wrong.

    ``data`` maps a field's name to the list of texts that the browser sent. ``revision`` counts every keeping and
    every saving of the step, so that a window which was opened before notices that it is behind.
    """

    class Sheet(models.TextChoices):
        MENTOR = "mentor", _("Sheet as mentor")
        MENTEE = "mentee", _("Sheet as mentee")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sheet_drafts")
    sheet = models.CharField(max_length=10, choices=Sheet)
    step = models.CharField(max_length=20)
    data = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("user", "sheet", "step", name="one_draft_a_step")]
        verbose_name = _("draft of a sheet")
        verbose_name_plural = _("drafts of sheets")

    def __str__(self) -> str:
        return f"{self.user} – {self.step}"
