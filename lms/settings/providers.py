"""The organisations' own sign-in pages (OpenID Connect), out of environment variables."""

from typing import Any

from environs import Env


def provider_apps(env: Env) -> list[dict[str, Any]]:
    """Return what allauth needs to know of each provider that ``OIDC_PROVIDERS`` names."""
    names: list[str] = env.list("OIDC_PROVIDERS", [])
    return [_app(env, name.strip()) for name in names if name.strip()]


def _app(env: Env, name: str) -> dict[str, Any]:
    prefix = f"OIDC_{name.upper().replace('-', '_')}_"
    return {
        "provider_id": name.lower(),
        "name": env.str(f"{prefix}NAME", name),
        "client_id": env.str(f"{prefix}CLIENT_ID"),
        "secret": env.str(f"{prefix}SECRET"),
        "settings": {
            "server_url": env.str(f"{prefix}SERVER"),
            "trusts_email": env.bool(f"{prefix}TRUSTS_EMAIL", False),
            "domains": _lower(env.list(f"{prefix}DOMAINS", [])),
            "new_people": env.bool(f"{prefix}NEW_PEOPLE", False),
        },
    }


def _lower(names: list[str]) -> list[str]:
    return [name.lower() for name in names]
