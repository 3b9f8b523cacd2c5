"""A desk that is chosen without all that it needs keeps the process from starting."""

from typing import Any

import pytest
from pydantic import ValidationError

from support.systems.desk.settings import DeskCallsSettings, DeskNewsSettings, DeskSettings

WHOLE = {
    "desk": "chatwoot",
    "chatwoot_account_id": 7,
    "chatwoot_inbox_id": 45,
    "chatwoot_webhook_secret": "a-secret-of-sixteen",
    "chatwoot_url": "https://chatwoot.test",
    "chatwoot_api_token": "token",
}
NEEDS = [
    (DeskNewsSettings, "chatwoot_webhook_secret"),
    (DeskNewsSettings, "chatwoot_inbox_id"),
    (DeskCallsSettings, "chatwoot_url"),
    (DeskCallsSettings, "chatwoot_api_token"),
    (DeskCallsSettings, "chatwoot_account_id"),
]


def settings(kind: type[DeskSettings], values: dict[str, Any]) -> DeskSettings:
    return kind(**{name: value for name, value in values.items() if name in kind.model_fields})


@pytest.mark.parametrize(("kind", "missing"), NEEDS)
def test_a_missing_setting_is_named(kind: type[DeskSettings], missing: str):
    values = {name: value for name, value in WHOLE.items() if name != missing}
    with pytest.raises(ValidationError, match=missing.upper()):
        settings(kind, values)


@pytest.mark.parametrize("kind", [DeskNewsSettings, DeskCallsSettings])
def test_whole_is_fine_and_so_is_our_own_page_with_nothing(kind: type[DeskSettings]):
    assert settings(kind, WHOLE).has_outside_desk
    assert not kind().has_outside_desk


def test_a_desk_that_is_not_known_is_refused():
    with pytest.raises(ValidationError, match="chatwoot"):
        DeskNewsSettings(desk="other")  # type: ignore[arg-type]
