"""What each configured system is asked: something harmless.

Nothing is written, opened or sent: it is something that does not exist, or what is refused before
anything is done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

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


def _is_object(answer: object) -> bool:
    return isinstance(answer, dict)


def _has(*names: str) -> Callable[[object], bool]:
    return lambda answer: isinstance(answer, dict) and bool(answer.keys() & set(names))


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def questions(settings: SystemsSettings) -> dict[str, Question]:
    """Return what each configured system is asked."""
    found = frozenset({200, 404})
    asked = {
        "orders": Question(
            f"{_base(settings.order_system_url)}/orders/000000000",
            "ORDER_SYSTEM_KEY",
            "ORDER_SYSTEM_URL",
            _bearer(settings.order_system_key.get_secret_value()),
            found,
            _is_object,
        ),
        "cases": Question(
            f"{_base(settings.case_system_url)}/cases",
            "CASE_SYSTEM_KEY",
            "CASE_SYSTEM_URL",
            _bearer(settings.case_system_key.get_secret_value()),
            found,
            _has("cases"),
            params={"order_number": "000000000"},
        ),
        "marketplace": Question(
            f"{_base(settings.marketplace_url)}/tickets",
            "MARKETPLACE_KEY",
            "MARKETPLACE_URL",
            _bearer(settings.marketplace_key.get_secret_value()),
            found,
            _has("tickets"),
            params={"order_number": "000000000"},
        ),
        "notifications": Question(
            f"{_base(settings.notifications_url)}/notifications",
            "NOTIFICATIONS_KEY",
            "NOTIFICATIONS_URL",
            _bearer(settings.notifications_key.get_secret_value()),
            frozenset({400, 422}),  # an empty message is refused before anything is sent
            _is_object,
            method="POST",
        ),
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
            found,
            _has("meta", "data"),
            params={"tracking_numbers": "PROBE0000000"},
        )
    return asked


def _base(url: object) -> str:
    return str(url).rstrip("/")
