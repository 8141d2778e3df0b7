"""The mentoring agreement in versions, its parties and their signatures."""

import hashlib
import json
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Role

if TYPE_CHECKING:
    from lms.people.models import User


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Reads of agreements."""

    def visible_to(self, user: "User") -> Self:
        """Keep the agreements of the groups that ``user`` is in or coordinates."""
        return self.filter(group__in=MentoringGroup.objects.visible_to(user).order_by())

    def current(self) -> Self:
        """Keep each group's newest version."""
        newer = Agreement.objects.filter(group=models.OuterRef("group"), version__gt=models.OuterRef("version"))
        return self.filter(~models.Exists(newer))

    def with_parties(self) -> Self:
        """Fetch the group with its cohort, the parties and the signatures; add ``is_replaced`` by a newer version."""
        newer = Agreement.objects.filter(group=models.OuterRef("group"), version__gt=models.OuterRef("version"))
        whole = self.select_related("group__cohort__programme", "group__mentor", "written_by")
        return whole.prefetch_related("parties", "signatures").annotate(is_replaced=models.Exists(newer))


class Agreement(models.Model):
    """One version of a group's agreement; a change after the first signature makes a new version."""

    class Format(models.TextChoices):
        ONLINE = "online", _("Online")
        IN_PERSON = "in_person", _("In person")
        MIXED = "mixed", _("Partly online, partly in person")

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="agreements")
    version = models.PositiveIntegerField(_("version"), default=1)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    session_count = models.PositiveSmallIntegerField(_("number of sessions"))
    session_minutes = models.PositiveSmallIntegerField(_("length of a session in minutes"))
    frequency = models.CharField(_("how often you meet"), max_length=100)
    format = models.CharField(_("format"), max_length=20, choices=Format)
    place = models.CharField(_("place"), max_length=200, blank=True)
    goals = models.TextField(_("goals that you set together"))
    responsibilities = models.TextField(_("who is responsible for what"))
    contact_limits = models.TextField(_("when you may contact each other"))
    rules = models.TextField(_("rules of cooperation"))
    privacy = models.TextField(_("privacy statement"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    signed_at = models.DateTimeField(_("signed by everybody"), null=True, blank=True)

    if TYPE_CHECKING:  # what ``with_parties`` adds
        is_replaced: bool

    objects = AgreementQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["group", "-version"]
        verbose_name = _("mentoring agreement")
        verbose_name_plural = _("mentoring agreements")
        constraints = [
            models.UniqueConstraint("group", "version", name="agreement_version_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="agreement_ends_after_start"
            ),
        ]

    TEXT = (
        "starts_on",
        "ends_on",
        "session_count",
        "session_minutes",
        "frequency",
        "format",
        "place",
        "goals",
        "responsibilities",
        "contact_limits",
        "rules",
        "privacy",
    )
    """The fields whose values are agreed on; the digest covers these and the parties."""

    def __str__(self) -> str:
        return str(_("Agreement of %(group)s") % {"group": self.group})

    def get_absolute_url(self) -> str:
        return reverse("mentoring_agreements:agreement_detail", args=[self.pk])

    def waits_for(self, user: "User") -> bool:
        """Return whether the person is a party who has not signed; reads what ``with_parties`` fetched."""
        signed = {signature.user_id for signature in self.signatures.all()}
        return user.pk in {party.user_id for party in self.parties.all()} - signed

    def signed_parties(self) -> "list[tuple[Party, Signature | None]]":
        """Return each party with the signature, or None while it is missing; reads what ``with_parties`` fetched."""
        signatures = {signature.user_id: signature for signature in self.signatures.all()}
        return [(party, signatures.get(party.user_id)) for party in self.parties.all()]

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of version, text and parties: what a signature stands for."""
        text = {name: str(getattr(self, name)) for name in self.TEXT}
        parties = sorted([party.role, party.name, party.contact] for party in self.parties.all())
        signed = {"version": self.version, "text": text, "parties": parties}
        return hashlib.sha256(json.dumps(signed, sort_keys=True).encode()).hexdigest()


class Party(models.Model):
    """A person who has to sign, with name and contact as they stand in the text."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="agreement_parties")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    name = models.CharField(_("name"), max_length=300)
    contact = models.CharField(_("contact"), max_length=254, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-role", "name"]
        verbose_name_plural = _("parties")
        constraints = [models.UniqueConstraint("agreement", "user", name="party_once")]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """A party's signature: the name as typed, when, and the digest (SHA-256) of the text that was signed."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures")
    name = models.CharField(_("name"), max_length=300)
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["signed_at"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [models.UniqueConstraint("agreement", "user", name="signature_once")]

    def __str__(self) -> str:
        return f"{self.name} – {self.agreement}"
