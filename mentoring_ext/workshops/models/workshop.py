"""Workshops: when and where, their programme, materials, who comes, and the questions raised there."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel

from lms.files.models import StoredFile
from lms.people.models import Department, Organisation
from lms.recognition.models import Certificate
from mentoring_ext.workshops.models.scenario import Scenario

if TYPE_CHECKING:
    from lms.people.models import User


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    """Reads of workshops."""

    def visible_to(self, user: "User") -> Self:
        """Keep what ``user`` keeps, and what is announced to whoever mentors or belongs to the organisation."""
        from mentoring_ext.workshops.permissions import workshops_seen_by

        return self.filter(workshops_seen_by(user))

    def kept_by(self, user: "User") -> Self:
        """Keep the workshops that ``user`` plans and holds."""
        from mentoring_ext.workshops.permissions import workshops_kept_by

        return self.filter(workshops_kept_by(user))

    def ahead(self, at: datetime) -> Self:
        """Keep those that are not over at that time, the next one first."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "pk")

    def over(self, at: datetime) -> Self:
        """Keep those that are over at that time, the last one first."""
        return self.filter(ends_at__lte=at).order_by("-starts_at", "-pk")

    def with_places(self) -> Self:
        """Add ``booked`` and ``waiting``, how many people each."""
        return self.annotate(
            booked=models.Count("bookings", filter=models.Q(bookings__state=Booking.State.BOOKED)),
            waiting=models.Count("bookings", filter=models.Q(bookings__state=Booking.State.WAITING)),
        )


class Workshop(models.Model):
    """An event for mentors, planned for an organisation, or for one department of it.

    ``prepares``: who took part counts as prepared for mentoring. ``sequence`` counts changes that a calendar must
    follow. ``link`` is shown only to those who booked.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being planned")
        ANNOUNCED = "announced", _("Open for booking")
        CALLED_OFF = "called_off", _("Called off")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="workshops")
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="workshops", verbose_name=_("department")
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is about"))
    prepares = models.BooleanField(_("counts as preparation for mentoring"), default=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("video link"), blank=True)
    places = models.PositiveSmallIntegerField(_("places"), default=20)
    book_until = models.DateTimeField(_("book until"))
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="workshops_held", verbose_name=_("held by")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    called_off_because = models.CharField(_("called off because"), max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    attended_at = models.DateTimeField(_("attendance noted on"), null=True, blank=True)

    objects = WorkshopQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        indexes = [models.Index(fields=["ends_at"], name="workshops_by_end")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="workshop_ends_later"),
            models.CheckConstraint(
                condition=models.Q(book_until__lte=models.F("starts_at")), name="workshop_booked_before"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentoring_workshops:workshop_detail", args=[self.pk])

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.ends_at - self.starts_at

    @property
    def uid(self) -> str:
        """The name of the entry in people's calendars."""
        return f"workshop-{self.pk}@kyklos"

    def takes_bookings(self, at: datetime) -> bool:
        """Return whether people may book at that time."""
        return self.state == self.State.ANNOUNCED and at <= self.book_until


class ProgrammePoint(OrderedModel):
    """One part of a workshop's programme; it may talk about a scenario."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="points")
    title = models.CharField(_("what happens"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    text = models.TextField(_("details"), blank=True)
    scenario = models.ForeignKey(
        Scenario, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("scenario of use")
    )
    order_with_respect_to = "workshop"

    wagtail_reference_index_ignore = True

    class Meta(OrderedModel.Meta):
        pass

    def __str__(self) -> str:
        return self.title


class Material(models.Model):
    """A file or a link for those who take part."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField(_("address on the web"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False, url="") | (models.Q(file=None) & ~models.Q(url="")),
                name="material_is_file_or_link",
            )
        ]

    def __str__(self) -> str:
        return self.title


class BookingQuerySet(models.QuerySet["Booking"]):
    """Reads of bookings."""

    def held(self) -> Self:
        """Leave out those who gave their place back."""
        return self.exclude(state=Booking.State.GIVEN_BACK)

    def with_people(self) -> Self:
        """Fetch the people and their certificates in the same query."""
        return self.select_related("user", "certificate")


class Booking(models.Model):
    """A person's place in a workshop, or on its waiting list; ``attended`` is None until somebody noted it."""

    class State(models.TextChoices):
        BOOKED = "booked", _("Booked")
        WAITING = "waiting", _("On the waiting list")
        GIVEN_BACK = "given_back", _("Place given back")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="bookings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="workshop_bookings")
    state = models.CharField(_("state"), max_length=20, choices=State)
    booked_at = models.DateTimeField(_("booked on"))
    attended = models.BooleanField(_("took part"), null=True, blank=True)
    certificate = models.OneToOneField(Certificate, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = BookingQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["booked_at", "pk"]
        verbose_name = _("booking of a workshop")
        verbose_name_plural = _("bookings of workshops")
        constraints = [models.UniqueConstraint("workshop", "user", name="workshop_booked_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.workshop}"


class Question(models.Model):
    """A question raised in a workshop; ``address`` is where it went on, with its answers."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="questions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(_("question"), max_length=200)
    text = models.TextField(_("details"), blank=True)
    asked_at = models.DateTimeField()
    address = models.CharField(max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.title
