"""What this room adds: the consent that everybody is asked for, and what it keeps of a person."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms import plugins
from lms.people.models import User
from lms.plugins import ConsentPurpose, PrivacyHandler
from lms.privacy.models import Consent, ConsentVersion, Reading

TEXTS = Path(__file__).parent / "texts"


@hooks.register(plugins.CONSENT_PURPOSES.name)
def terms() -> ConsentPurpose:
    return ConsentPurpose(
        name="terms",
        label=_("How we handle what you tell us"),
        offered_to=lambda user: True,
        texts=TEXTS / "terms.yaml",
        withdrawable=False,
        order=0,
    )


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def privacy() -> PrivacyHandler:
    models = ("consent", "consentversion", "reading")
    return PrivacyHandler(
        name="privacy", models=[f"lms_privacy.{model}" for model in models], export=export, erase=erase
    )


def export(user: User) -> dict[str, Any]:
    return {
        "consents": list(
            Consent.objects.visible_to(user).values(
                "version__name", "version__number", "language", "way", "given_at", "withdrawn_at", "lapsed_at"
            )
        ),
        "readings_of_my_records": list(
            Reading.objects.visible_to(user).values("reader__username", "what", "first_at", "last_at", "times")
        ),
        "readings_by_me": list(Reading.objects.filter(reader=user).values("what", "first_at", "last_at", "times")),
    }


def erase(user: User) -> None:
    Consent.objects.filter(user=user).delete()
    Reading.objects.filter(about=user).delete()
    Reading.objects.filter(reader=user).update(reader=None)
    ConsentVersion.objects.filter(published_by=user).update(published_by=None)
