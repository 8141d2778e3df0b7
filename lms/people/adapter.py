"""How allauth behaves here: people come by invitation, every account is guarded alike, no page tells who has one."""

import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.people.names import free_username
from theme.brand.current import current_brand

JUST_NOW = 300
"""Seconds after signing in within which nobody is asked once more who they are."""


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up, counts wrong passwords by account, and asks only newcomers to confirm their address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The user name or the password is not right. Try again, or set a new password."),
        "username_password_mismatch": _(
            "The user name or the password is not right. Try again, or set a new password."
        ),
        "too_many_login_attempts": _("That did not work too often. Wait five minutes, and then try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your present password. Try again."),
        "incorrect_code": _("This code is not right. Write the newest one."),
        "duplicate_email": _("This is your address already."),
        "rate_limited": _("That was too often. Wait some minutes, and then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether strangers may make an account."""
        return bool(settings.SIGNUP_OPEN)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Give a newcomer a user name made from their name."""
        user.username = user.username or free_username(user.first_name, user.last_name)

    def get_login_stages(self) -> list[str]:
        """Return allauth's steps of signing in, with ours for the address."""
        theirs, ours = _path(EmailVerificationStage), _path(ConfirmAddressStage)
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Ask once more who it is, unless the person signed in a moment ago."""
        return super().is_reauthentication_required(app=app, **options) and not _signed_in_just_now(self.request)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Let an address count, unless it has become somebody else's since it was written."""
        if User.objects.with_email(email_address.email).exclude(pk=email_address.user_id).exists():
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, {"email": email_address.email})
            return False
        return bool(super().confirm_email(request, email_address))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        return reverse("lms_people:account")

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject as it is: the sender says which site it is."""
        return str(subject)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # One count for an account, whether by its user name or by its address; a name that nobody has counts alike.
        name = str(credentials.get("email") or credentials.get("username") or "").lower()
        found = User.objects.with_username(name).first() or User.objects.with_email(name).first()
        return f"account:{found.pk}" if found else f"name:{name}"


class ConfirmAddressStage(EmailVerificationStage):
    """Asks for a confirmed address only where a visitor has opened the account and never got in.

    Others were invited, or have no address at all.
    """

    def handle(self) -> Any:
        """Go on, or ask for the confirmation."""
        user = self.login.user
        if user is not None and (user.last_login or not _has_unconfirmed_address(cast(User, user))):
            return None, True
        return super().handle()


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Signing in by an organisation's own provider: which ones, the settings alone say."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """Return the providers of the settings; the database is not asked."""
        named: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        wanted = [SocialApp(provider="openid_connect", **app) for app in named["APPS"]]
        return [
            app
            for app in wanted
            if provider in (None, app.provider, app.provider_id) and client_id in (None, app.client_id)
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Return whether the provider may bring people who have no account yet."""
        return bool(_rules_of(sociallogin).get("new_people"))

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Return whether the provider's word for this address opens the account that has it.

        It must be trusted for it, for this address's domain, and say in so many words that the address is confirmed.
        """
        rules = _rules_of(login)
        domains = rules.get("domains") or [_domain(email)]
        return bool(rules.get("trusts_email")) and _is_confirmed(login) and _domain(email) in domains

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Take a newcomer's name from the provider, and the address where it is confirmed; nothing else, ever."""
        user = super().populate_user(request, sociallogin, data | {"username": ""})
        if not _is_confirmed(sociallogin):
            user.email, sociallogin.email_addresses = "", []
        return user


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step at sign-in, with the site's name in the app for codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Write the newest one."),
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """Return the name that a new passkey bears until its owner writes a better one."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("My passkey")) if number == 1 else _("My passkey %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return current_brand(self.request).name


def _rules_of(login: SocialLogin) -> dict[str, Any]:
    return dict(login.provider.app.settings)


def _is_confirmed(login: SocialLogin) -> bool:
    # Some providers send the word "false" where false is meant; only true itself counts.
    return bool(login.account.get_provider_account().get_user_data().get("email_verified") is True)


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _path(stage: type) -> str:
    return f"{stage.__module__}.{stage.__qualname__}"


def _has_unconfirmed_address(user: User) -> bool:
    return bool(EmailAddress.objects.filter(user=user, primary=True, verified=False).exists())


def _signed_in_just_now(request: HttpRequest) -> bool:
    records = get_authentication_records(request, cast(User, request.user))
    return bool(records) and time.time() - records[-1]["at"] < JUST_NOW
