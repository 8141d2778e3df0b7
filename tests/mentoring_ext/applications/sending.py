"""What the tests of applications send, and how."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from lms.robots import new_ticket
from mentoring_ext.applications import actions
from mentoring_ext.applications.actions import Applicant, Typed

NOW = datetime.now(UTC)
TODAY = NOW.date()
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
ANSWERS = {
    "first_name": "Nikos",
    "last_name": "Ilias",
    "country": "GR",
    "headline": "Photographer",
    "competences": ["teaching", "arts"],
    "experience": "Courses for adults.",
    "motivation": "I want to give something back.",
}


def url(name, *args):
    return reverse(f"mentoring_applications:{name}", args=args)


def pdf(name="cv.pdf"):
    return SimpleUploadedFile(name, PDF)


def picture(kind="PNG", size=(60, 40), name="me.png", **options):
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, kind, **options)
    return SimpleUploadedFile(name, content.getvalue())


def sent(ticket=None, *, consent="on", **changed):
    """Return what a browser posts: a field's name is ``q-`` and its code; None leaves a field out."""
    fields = ANSWERS | {"email": "nikos@example.org"} | changed
    posted = {f"q-{code.replace('__', '-')}": value for code, value in fields.items() if value is not None}
    posted["ticket"] = ticket or new_ticket(timezone.now() - timedelta(minutes=5))
    return posted | ({"q-kept_with_consent": consent} if consent else {})


def apply(call, **changed):
    """Apply by the action, with other values for columns; ``answers``, ``user``, ``email`` and ``form_key`` apart."""
    user, form_key = changed.pop("user", None), changed.pop("form_key", None) or uuid4()
    email, answers = changed.pop("email", "nikos@example.org"), changed.pop("answers", {})
    applicant = Applicant(email=email, columns=ANSWERS | changed, answers=answers, user=user)
    return actions.apply(call, applicant=applicant, form_key=form_key, at=NOW, today=TODAY)


def draft_of(call, *, key=None, user=None, at=NOW, **changed):
    """Keep a draft by the action."""
    data = {f"q-{code}": [value] for code, value in {"first_name": "Nikos", "email": "nikos@exam"}.items()}
    typed = Typed(**{"data": data, "email": "nikos@example.org"} | changed)
    return actions.keep_draft(call, actor=user, key=key or uuid4(), typed=typed, at=at, today=TODAY)
