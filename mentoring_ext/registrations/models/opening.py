"""A cohort's registration: dates, places, the form, the conditions, and who may refer people."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.questionnaires.models import Version
from mentoring_ext.programmes.models import Cohort
from mentoring_ext.registrations.models.state import HOLDS_PLACE, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.people.models import User


class OpeningQuerySet(models.QuerySet["Opening"]):
    """Reads of openings."""

    def open_on(self, day: date) -> Self:
        """Keep the openings that take registrations on that day, its last day included."""
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def public(self) -> Self:
        """Keep the openings to which everybody may come, without a partner's link."""
        return self.filter(is_public=True)

    def run_by(self, user: "User") -> Self:
        """Keep the openings whose registrations ``user`` decides on."""
        from mentoring_ext.registrations.permissions import openings_run_by

        return self.filter(openings_run_by(user))

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the openings that ``user`` sees: the public ones, and those that ``user`` decides on."""
        from mentoring_ext.registrations.permissions import openings_run_by

        return self.filter(models.Q(is_public=True) | openings_run_by(user))

    def with_numbers(self) -> Self:
        """Add ``taken``, ``waiting`` and ``unread``: places that are held, the waiting list, and who waits for us."""

        def counted(*states: str) -> models.Count:
            return models.Count("registrations", filter=models.Q(registrations__state__in=states))

        return self.annotate(
            taken=counted(*HOLDS_PLACE), waiting=counted(State.WAITING), unread=counted(State.RECEIVED)
        )


class Opening(models.Model):
    """The time in which people register as mentees of a cohort, both days included.

    ``version`` is the form that they fill in. ``reply_days`` is how long somebody who moves up may think about it.
    """

    cohort = models.OneToOneField(Cohort, models.PROTECT, related_name="opening", verbose_name=_("cohort"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("form"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what people should know"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    places = models.PositiveSmallIntegerField(_("places"))
    is_public = models.BooleanField(_("everybody may register"), default=True)
    reply_days = models.PositiveSmallIntegerField(_("days to answer an offer"), default=5)

    objects = OpeningQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["closes_on"]
        verbose_name = _("registration of mentees")
        verbose_name_plural = _("registrations of mentees")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="opening_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentoring_registrations:opening_detail", args=[self.pk])

    def is_open(self, day: date) -> bool:
        """Return whether people may register on that day."""
        return self.opens_on <= day <= self.closes_on


class EligibilityRule(models.Model):
    """An answer that somebody needs to take part: one of ``answers`` to the question with this code.

    ``text`` says kindly which condition it is.
    """

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="rules")
    question = models.SlugField(_("question"))
    answers = models.JSONField(_("answers that fit"), default=list)
    text = models.CharField(_("what people are told"), max_length=300)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("opening", "question", name="rule_once_a_question")]

    def __str__(self) -> str:
        return self.text


class Partner(models.Model):
    """A partner organisation that refers people to an opening; its contact has a link that works until it is ended."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="partners")
    name = models.CharField(_("organisation"), max_length=200)
    contact = models.CharField(_("who refers people"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    ended_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("opening", models.functions.Lower("email"), name="partner_once")]

    def __str__(self) -> str:
        return self.name
