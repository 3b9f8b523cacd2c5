from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest

from gateway.desk.accounts import Role
from tests.fakes.chat import RunningGateway
from tests.gateway.desk.agents import DeskBrowser, SignIn, signed_in


@pytest.fixture
async def sign_in(gateway: RunningGateway) -> AsyncIterator[SignIn]:
    """Signs people in: `await sign_in()` is Kim, an agent."""
    async with AsyncExitStack() as browsers:

        async def sign_in(name: str = "kim", role: Role = Role.AGENT) -> DeskBrowser:
            client = httpx.AsyncClient(base_url=gateway.http.base_url, timeout=20)
            http = await browsers.enter_async_context(client)
            return await signed_in(gateway, http, name, role)

        yield sign_in
