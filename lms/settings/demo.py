"""The demo and daily development: one process, SQLite under var/, mail into files, no HTTPS."""

from lms.settings.base import *  # noqa: F403
from lms.settings.base import TEMPLATES, VAR, env

SECRET_KEY = env.str("SECRET_KEY", "demo-only-this-key-protects-nothing")
DEMO = True
"""Allows ``load_demo`` and shows the demo accounts on the sign-in page."""
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
TEMPLATES[0]["OPTIONS"]["context_processors"].append("mentoring_ext.demo.context.demo_accounts")
PUBLIC_FORM_MIN_SECONDS = 0
