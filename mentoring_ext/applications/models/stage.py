"""How far an application has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far an application has come."""

    UNCONFIRMED = "unconfirmed", _("Address not confirmed")
    RECEIVED = "received", _("Received")
    SCREENING = "screening", _("Screening")
    INTERVIEW = "interview", _("Interview")
    TRAINING = "training", _("Training")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STAGES = (Stage.RECEIVED, Stage.SCREENING, Stage.INTERVIEW, Stage.TRAINING)
"""The stages between which a coordinator moves an application; the later ones are ends."""
