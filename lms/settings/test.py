"""For the tests: quick passwords, mail in memory, tasks run at once."""

import os
import tempfile
from pathlib import Path
from uuid import uuid4

from lms.settings.base import *  # noqa: F403
from lms.settings.base import CACHES, INSTALLED_APPS, REDIS_URL, STORAGES

SECRET_KEY = "for-tests-only"  # noqa: S105
DEMO = True
INSTALLED_APPS = ["tests.sample_plugin", *INSTALLED_APPS]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PRIVATE_ROOT = Path(tempfile.mkdtemp(prefix="kyklos-test-"))
STATIC_ROOT = PRIVATE_ROOT / "static"
STATIC_ROOT.mkdir()
MEDIA_ROOT = PRIVATE_ROOT / "media"
STORAGES = STORAGES | {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT},
    },
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PUBLIC_FORM_MIN_SECONDS = 0
LIVE_CHANNEL = f"kyklos:{uuid4()}"
if REDIS_URL:
    # Workers that run side by side empty their caches; each has a database of its own.
    CACHES["default"]["LOCATION"] = f"{REDIS_URL.rpartition('/')[0]}/{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')[2:]}"
