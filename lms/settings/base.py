"""What every installation shares. Environment variables are listed in docs/settings.md."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from lms.settings.providers import provider_apps

# The pairing multiplies many small matrices: threads for them wait for each other in loops, at thirty times the cost.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent.parent

env = Env(expand_vars=False)
env.read_env(str(ROOT / ".env"), recurse=False)

VAR = Path(env.str("KYKLOS_VAR", str(ROOT / "var")))
"""Folder of everything that the running site writes: database, files, mail of the demo, collected static files."""

SECRET_KEY = env.str("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")
"""Address that links in mail start with, without a slash at the end."""

INSTALLED_APPS = [
    # The programme and the circle (floor 4)
    "mentoring_ext.programmes",
    "mentoring_ext.invitations",
    "mentoring_ext.profiles",
    "mentoring_ext.applications",
    "mentoring_ext.registrations",
    "mentoring_ext.matching",
    "mentoring_ext.groups",
    "mentoring_ext.agreements",
    "mentoring_ext.sessions",
    "mentoring_ext.evaluation",
    "mentoring_ext.practices",
    "mentoring_ext.workshops",
    "mentoring_ext.cycle",
    "mentoring_ext.demo",
    # Talking to each other, and open content (floor 3)
    "forum.boards",
    "forum.chat",
    "oer.library",
    "oer.lessons",
    # The core (floor 2)
    "lms.people",
    "lms.privacy",
    "lms.jobs",
    "lms.journal",
    "lms.agenda",
    "lms.notices",
    "lms.files",
    "lms.questionnaires",
    "lms.courses",
    "lms.quizzes",
    "lms.recognition",
    "lms.front",
    "lms.serving",
    # How it looks (floor 1)
    "theme",
    "theme.brand",
    # What it stands on
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "ordered_model",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rules",
    "django_htmx",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "channels",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.people.middleware.SecondStepFirst",
    "lms.people.middleware.SeenSessions",
    "django_htmx.middleware.HtmxMiddleware",
    "lms.front.routing.PageRouting",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
ASGI_APPLICATION = "lms.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "wagtail.contrib.settings.context_processors.settings",
                "lms.front.context.navigation",
                "lms.people.context.ways_in",
            ],
            "builtins": ["django.templatetags.i18n", "theme.templatetags.theme"],
        },
    }
]
FORM_RENDERER = "theme.forms.ThemeRenderer"

# Data: SQLite under var/ unless DATABASE_URL says otherwise.
DATABASES: dict[str, Any] = {
    "default": env.dj_db_url(
        "DATABASE_URL", f"sqlite:///{VAR / 'kyklos.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
PAGE_THREADS = env.int("PAGE_THREADS", 4)
"""Threads that make pages inside the one process; each keeps a connection to the database."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
"""Wakes the other processes' room hubs and holds the shared cache; empty for one process."""
LIVE_CHANNEL = env.str("LIVE_CHANNEL", "kyklos:chat")
"""The Redis channel on which the processes of one site wake each other; sites that share a Redis need one each."""
CACHES: dict[str, Any] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}
    )
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
SILENCED_SYSTEM_CHECKS = ["rest_framework.W001"]

# People
AUTH_USER_MODEL = "lms_people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "lms.people.backends.PersonBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "lms_agenda:home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lms.people.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "lms.people.adapter.ProviderAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "lms.people.forms.signup.NameForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": provider_apps(env)}}
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "lms.people.adapter.SecondStepAdapter"
MFA_TOTP_TOLERANCE = 1
# An address that waits for its confirmation must not keep anybody from protecting the account.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SECOND_FACTOR_FROM = env.date("SECOND_FACTOR_FROM", None) if env.str("SECOND_FACTOR_FROM", "") else None
"""The day from which on coordinators, managers, editors and administrators need a second step at sign-in.

Where it is None, administrators choose a day on the site, or none.
"""
ACCOUNT_RATE_LIMITS = {"apply": "60/h/ip", "code": "30/h/ip", "draft": "400/h/ip", "mail_link": "10/h/ip,3/h/key"}
"""Limits beside those that allauth sets for signing in, resetting and the like: sending a public form, keeping what
was typed so far, and mailing somebody a link."""
PUBLIC_FORM_MIN_SECONDS = env.int("PUBLIC_FORM_MIN_SECONDS", 2)
"""What is sent sooner after a public form was shown is taken for a robot's."""
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
INVITATION_DAYS = env.int("INVITATION_DAYS", 14)
CODE_DAYS = env.int("CODE_DAYS", 30)
"""So long a one-time code on paper works."""
ERASURE_DAYS = env.int("ERASURE_DAYS", 7)
"""How long an account that is to be erased waits, so that its owner can still keep it."""
SIGNUP_OPEN = env.bool("SIGNUP_OPEN", False)
"""Whether strangers may make an account without an invitation."""

# Words and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [ROOT / "theme" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "Europe/Athens")
NIGHTLY_TIME = env.str("NIGHTLY_TIME", "03:30")
"""When the one process does what happens once a night, as local time; empty where `manage.py nightly` does it."""
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "theme.finders.OneStylesheet",
]
MEDIA_URL = "media/"
MEDIA_ROOT = VAR / "media"
PRIVATE_ROOT = VAR / "private"
"""Folder of uploads that only a permission check hands out; it has no public address."""
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "lms.files.handlers.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", 10 * 1024 * 1024)
"""Largest private upload."""
UPLOADS_A_DAY = env.int("UPLOADS_A_DAY", 200)
"""Most private uploads of one person within 24 hours."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Mail
EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", "console://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "kyklos@localhost")

# Wagtail
WAGTAIL_SITE_NAME = "Kyklos"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_UNICODE_FAVICONS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Security
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    # Wagtail's and Django's own admins bring inline scripts; only editors and administrators reach them.
    "EXCLUDE_URL_PREFIXES": ["/cms/", "/administration/"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
