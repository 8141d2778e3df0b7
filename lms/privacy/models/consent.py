"""What people are asked to agree to, and what they agreed to."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from lms.people.models import User


class ConsentVersionQuerySet(models.QuerySet["ConsentVersion"]):
    """Reads of the versions of consent texts."""

    def newest_of(self, name: str) -> "ConsentVersion | None":
        """Return the version that people are asked to agree to now."""
        return self.filter(name=name).order_by("-number").first()

    def with_consents(self) -> Self:
        """Add ``consents_open``: how many people agree to this version now."""
        agreed = models.Q(consents__withdrawn_at=None, consents__lapsed_at=None)
        return self.annotate(consents_open=models.Count("consents", filter=agreed))

    def newest(self) -> Self:
        """Return the newest version of each consent."""
        newer = self.model.objects.filter(name=models.OuterRef("name"), number__gt=models.OuterRef("number"))
        return self.filter(~models.Exists(newer)).order_by("name")


class ConsentVersion(models.Model):
    """One version of what people are asked to agree to; ``name`` is a registered consent purpose's.

    ``renew_by`` asks those who agreed to an older version to agree again: their consent counts until then and no
    longer. None leaves older consents as they are.
    """

    name = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    renew_by = models.DateTimeField(_("older consents count until"), null=True, blank=True)

    objects = ConsentVersionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name", "-number"]
        constraints = [models.UniqueConstraint("name", "number", name="consent_version_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("lms_privacy:consent_version", args=[self.pk])

    def words(self, language: str = "") -> "ConsentText":
        """Return the text in a language, by default the reader's, else in the one that it was first written in."""
        texts = {text.language: text for text in self.texts.all()}
        return texts.get(language or get_language() or "") or next(iter(texts.values()))


class ConsentText(models.Model):
    """The words of a version in one language. ``changes`` says what is different from the version before."""

    version = models.ForeignKey(ConsentVersion, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=8, default="en")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"))
    changes = models.TextField(_("what has changed"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("version", "language", name="consent_text_once_a_language")]

    def __str__(self) -> str:
        return self.title


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Reads of consents."""

    def visible_to(self, user: "User") -> Self:
        """Return the person's own consents, newest first."""
        return self.filter(user=user).order_by("-given_at", "-pk")

    def open(self) -> Self:
        """Return those that were not taken back and have not run out."""
        return self.filter(withdrawn_at=None, lapsed_at=None)

    def ended(self) -> Self:
        """Return those that were taken back or have run out."""
        return self.exclude(withdrawn_at=None, lapsed_at=None)

    def with_texts(self) -> Self:
        """Add the versions with their words."""
        return self.select_related("version").prefetch_related("version__texts")

    def counting(self, name: str, at: datetime) -> Self:
        """Return the consents to ``name`` that count as of ``at``: open, and not overtaken by a text to renew."""
        return self.open().filter(version__name=name).exclude(models.Exists(_overtaking(at)))

    def overtaken(self, at: datetime) -> Self:
        """Return the open consents that a newer text has ended by ``at``."""
        return self.open().filter(models.Exists(_overtaking(at)))


def _overtaking(at: datetime) -> "models.QuerySet[ConsentVersion]":
    return ConsentVersion.objects.filter(
        name=models.OuterRef("version__name"), number__gt=models.OuterRef("version__number"), renew_by__lte=at
    )


class Consent(models.Model):
    """That a person agreed to one version of a text: when, in which language, where, and when it ended.

    ``withdrawn_at`` is when the person took it back; ``lapsed_at`` when a newer text took its place, because the
    person agreed to that one or did not in time.
    """

    class Way(models.TextChoices):
        PAGE = "page", _("on the page of your consents")
        FORM = "form", _("in a form")
        PAPER = "paper", _("on paper")
        CARRIED = "carried", _("before consents were kept here")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    version = models.ForeignKey(ConsentVersion, models.PROTECT, related_name="consents")
    language = models.CharField(max_length=8, default="en")
    way = models.CharField(max_length=10, choices=Way, default=Way.FORM)
    given_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "user",
                "version",
                condition=models.Q(withdrawn_at=None, lapsed_at=None),
                name="open_consent_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.version}"

    @property
    def title(self) -> str:
        """What was agreed to, in words."""
        return self.version.words().title
