from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from pydantic import SecretStr

from sandbox.app import create_app
from sandbox.settings import Settings

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
ORDER_KEY = "order-system-key"
CASE_KEY = "case-key-for-tests"
MARKETPLACE_KEY = "marketplace-key-for-tests"
NOTIFICATIONS_KEY = "notifications-key-for-tests"
TOKEN_KEY = "customer-token-key-of-32-characters"


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv("SANDBOX_HOST", raising=False)
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        order_system_key=SecretStr(ORDER_KEY),
        case_system_key=SecretStr(CASE_KEY),
        marketplace_key=SecretStr(MARKETPLACE_KEY),
        notifications_key=SecretStr(NOTIFICATIONS_KEY),
        customer_token_key=SecretStr(TOKEN_KEY),
    )


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a sandbox with its shipped data."""
    transport = httpx.ASGITransport(create_app(settings, now=lambda: NOW))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8800") as client:
        yield client


@pytest.fixture
def order_key() -> dict[str, str]:
    return {"Authorization": f"Bearer {ORDER_KEY}"}
