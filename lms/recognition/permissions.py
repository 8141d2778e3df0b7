"""Who may take a certificate home: the person it was given to. Checking one by its code is for everybody."""

import rules
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.people.permissions import describe
from lms.recognition.models import Certificate


@rules.predicate
def is_holder(user: User | AnonymousUser, certificate: Certificate) -> bool:
    """Return whether the certificate was given to the person."""
    return certificate.user_id is not None and certificate.user_id == user.pk


rules.add_perm("lms_recognition.take_certificate", is_holder)

describe("lms_recognition.take_certificate", _("take a certificate along as a file"), Certificate.objects.visible_to)
