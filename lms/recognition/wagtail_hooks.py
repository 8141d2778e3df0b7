"""A person's certificates in exports; erased, a certificate loses its name and no longer opens."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS, Held, PrivacyHandler
from lms.recognition.models import Certificate


@hooks.register(PRIVACY_HANDLERS.name)
def privacy() -> PrivacyHandler:
    return PrivacyHandler(
        name="recognition",
        models=["lms_recognition.Certificate"],
        export=None,
        erase=erase,
        label=_("Certificates"),
        held=[Held("lms_recognition.certificate")],
    )


def erase(user: User) -> None:
    Certificate.objects.filter(user=user).update(user=None, name="")
