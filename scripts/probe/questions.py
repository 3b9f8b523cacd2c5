"""What each configured system is asked: something harmless.

Nothing is written, opened or sent: it is something that does not exist, or what is refused before
anything is done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import httpx
from pydantic import SecretStr

from support.systems.settings import SystemsSettings


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: where, how, and which statuses a system that is well gives.

    `keys` are the names of the settings that open it. `shows` says whether an answer has the shape
    that this system's answers have.
    """

    url: str
    keys: str
    setting: str
    headers: Mapping[str, str]
    good: frozenset[int]
    shows: Callable[[object], bool]
    auth: httpx.Auth | None = None
    params: Mapping[str, str] | None = None
    method: str = "GET"


_FOUND: Final = frozenset({200, 404})


def _is_object(answer: object) -> bool:
    return isinstance(answer, dict)


def _has(*names: str) -> Callable[[object], bool]:
    return lambda answer: isinstance(answer, dict) and bool(answer.keys() & set(names))


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def questions(settings: SystemsSettings) -> dict[str, Question]:
    """Return what each configured system is asked."""
    return {**_products(settings), **_own(settings), **_carriers(settings)}


def _products(settings: SystemsSettings) -> dict[str, Question]:
    """Return what the systems are asked that may be a product: the one that is chosen."""
    orders = _commercetools if settings.order_system == "commercetools" else _orders
    cases = _zendesk if settings.case_system == "zendesk" else _cases
    marketplace = _mirakl if settings.marketplace == "mirakl" else _marketplace
    return {
        "orders": orders(settings),
        "cases": cases(settings),
        "marketplace": marketplace(settings),
    }


def _orders(settings: SystemsSettings) -> Question:
    return Question(
        f"{_base(settings.order_system_url)}/orders/000000000",
        "ORDER_SYSTEM_KEY",
        "ORDER_SYSTEM_URL",
        _bearer(_secret(settings.order_system_key)),
        _FOUND,
        _is_object,
    )


def _commercetools(settings: SystemsSettings) -> Question:
    return Question(
        f"{_base(settings.commercetools_auth_url)}/oauth/token",
        "COMMERCETOOLS_CLIENT_ID and COMMERCETOOLS_CLIENT_SECRET",
        "COMMERCETOOLS_AUTH_URL",
        {},
        frozenset({200}),
        _has("access_token"),
        auth=httpx.BasicAuth(
            settings.commercetools_client_id or "", _secret(settings.commercetools_client_secret)
        ),
        params={"grant_type": "client_credentials"},
        method="POST",
    )


def _cases(settings: SystemsSettings) -> Question:
    return Question(
        f"{_base(settings.case_system_url)}/cases",
        "CASE_SYSTEM_KEY",
        "CASE_SYSTEM_URL",
        _bearer(_secret(settings.case_system_key)),
        _FOUND,
        _has("cases"),
        params={"order_number": "000000000"},
    )


def _zendesk(settings: SystemsSettings) -> Question:
    return Question(
        f"{_base(settings.zendesk_url)}/api/v2/tickets.json",
        "ZENDESK_EMAIL and ZENDESK_TOKEN",
        "ZENDESK_URL",
        {},
        frozenset({200}),
        _has("tickets"),
        auth=httpx.BasicAuth(f"{settings.zendesk_email}/token", _secret(settings.zendesk_token)),
        params={"external_id": "probe"},
    )


def _marketplace(settings: SystemsSettings) -> Question:
    return Question(
        f"{_base(settings.marketplace_url)}/tickets",
        "MARKETPLACE_KEY",
        "MARKETPLACE_URL",
        _bearer(_secret(settings.marketplace_key)),
        _FOUND,
        _has("tickets"),
        params={"order_number": "000000000"},
    )


def _mirakl(settings: SystemsSettings) -> Question:
    return Question(
        f"{_base(settings.mirakl_url)}/api/orders",
        "MIRAKL_KEY",
        "MIRAKL_URL",
        {"Authorization": _secret(settings.mirakl_key)},
        frozenset({200}),
        _has("orders"),
        params={"max": "1"},
    )


def _own(settings: SystemsSettings) -> dict[str, Question]:
    return {
        "notifications": Question(
            f"{_base(settings.notifications_url)}/notifications",
            "NOTIFICATIONS_KEY",
            "NOTIFICATIONS_URL",
            _bearer(settings.notifications_key.get_secret_value()),
            frozenset({400, 422}),  # an empty message is refused before anything is sent
            _is_object,
            method="POST",
        ),
    }


def _carriers(settings: SystemsSettings) -> dict[str, Question]:
    asked = {
        "australia_post": Question(
            f"{_base(settings.australia_post_url)}/shipping/v1/track",
            "AUSTRALIA_POST_ACCOUNT, AUSTRALIA_POST_KEY and AUSTRALIA_POST_PASSWORD",
            "AUSTRALIA_POST_URL",
            {"Account-Number": settings.australia_post_account},
            frozenset({200}),
            _has("tracking_results", "errors"),
            auth=httpx.BasicAuth(
                settings.australia_post_key.get_secret_value(),
                settings.australia_post_password.get_secret_value(),
            ),
            params={"tracking_ids": "PROBE0000000"},
        ),
    }
    if settings.aftership_key is not None:
        asked["aftership"] = Question(
            f"{_base(settings.aftership_url)}/trackings",
            "AFTERSHIP_KEY",
            "AFTERSHIP_URL",
            {"as-api-key": settings.aftership_key.get_secret_value()},
            _FOUND,
            _has("meta", "data"),
            params={"tracking_numbers": "PROBE0000000"},
        )
    return asked


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""


def _base(url: object) -> str:
    return str(url).rstrip("/")
