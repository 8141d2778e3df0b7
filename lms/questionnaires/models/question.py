"""Questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel

from lms.people.countries import Country
from lms.questionnaires.models.questionnaire import Section, SometimesShown


class Question(SometimesShown, OrderedModel):
    """Something that is asked. ``aspect`` ties a scale's answers to the evidence of that aspect.

    ``options`` is a list of ``[code, text]`` for choices, and of the scale's words from worst to best for scales.
    ``field`` names the typed column of the questionnaire's use that the answer fills; without it the answer is kept as
    an ``Answer``. ``minimum`` and ``maximum`` hold for numbers.
    """

    class Kind(models.TextChoices):
        SCALE = "scale", _("Scale")
        CHOICE = "choice", _("One choice")
        CHOICES = "choices", _("Several choices")
        TEXT = "text", _("Short text")
        LONG_TEXT = "long_text", _("Long text")
        YES_NO = "yes_no", _("Yes or no")
        SELECT = "select", _("One of a long list")
        COUNTRY = "country", _("Country")
        DATE = "date", _("Day")
        NUMBER = "number", _("Number")
        EMAIL = "email", _("E-mail address")
        LINK = "link", _("Web address")
        TELEPHONE = "telephone", _("Telephone number")
        FILE = "file", _("Document")
        PICTURE = "picture", _("Picture")
        CONSENT = "consent", _("Consent to tick")
        STATEMENT = "statement", _("Text without a question")

    CHOSEN = (Kind.SCALE, Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.SELECT)
    """Kinds with a few fixed answers; conditions can rest on them."""
    WITH_OPTIONS = (Kind.SCALE, Kind.CHOICE, Kind.CHOICES, Kind.SELECT)
    """Kinds for which whoever composes writes the answers."""
    FILES = (Kind.FILE, Kind.PICTURE)
    """Kinds whose answer is an upload."""
    WRITTEN = (Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.LINK, Kind.TELEPHONE, Kind.DATE)
    """Kinds whose answer may tell who somebody is, beside the uploads."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    code = models.SlugField(_("code"), help_text=_("The column's name in exports."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    text = models.CharField(_("question"), max_length=500)
    help = models.CharField(_("help"), max_length=1000, blank=True)
    required = models.BooleanField(_("must be answered"), default=True)
    options = models.JSONField(_("choices"), default=list, blank=True)
    minimum = models.FloatField(_("smallest number"), null=True, blank=True)
    maximum = models.FloatField(_("largest number"), null=True, blank=True)
    field = models.SlugField(_("standard field"), blank=True)
    aspect = models.SlugField(_("aspect"), blank=True)
    competence = models.SlugField(_("competence"), blank=True)
    order_with_respect_to = "section"

    wagtail_reference_index_ignore = True

    class Meta(OrderedModel.Meta):
        constraints = [models.UniqueConstraint("section", "code", name="question_code_once_in_section")]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The pairs of value and words that a form offers: "1" … for a scale, from worst to best."""
        if self.kind == self.Kind.SCALE:
            return [(str(step), text) for step, text in enumerate(self.options, start=1)]
        if self.kind == self.Kind.YES_NO:
            return [("yes", str(_("Yes"))), ("no", str(_("No")))]
        if self.kind == self.Kind.COUNTRY:
            return [(code, str(name)) for code, name in Country.choices]
        return [(str(code), str(text)) for code, text in self.options]
