"""People at the desk, as their browsers would call its API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import httpx
from argon2 import PasswordHasher

from gateway.desk import accounts
from gateway.desk.accounts import Accounts, Person, Role
from gateway.handover import AgentId
from support.handover import PersonRequest, Reason
from support.ids import ConversationId
from tests.fakes.chat import Chat, RunningGateway

PASSWORD = "a long password for tests"
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Nobody guesses here. What a hash costs to check stands in the hash."""

Json = dict[str, Any]


@dataclass
class DeskBrowser:
    """Somebody's browser, signed in."""

    http: httpx.AsyncClient
    csrf: str = ""

    async def get(self, path: str, **query: str) -> Any:
        answer = await self.http.get(f"/v1/desk/{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, **body: Any) -> httpx.Response:
        return await self.http.post(
            f"/v1/desk/{path}", json=body, headers={"X-CSRF-Token": self.csrf}
        )

    async def done(self, path: str, **body: Any) -> Any:
        answer = await self.post(path, **body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None


SignIn = Callable[..., Awaitable[DeskBrowser]]


async def signed_in(
    gateway: RunningGateway, http: httpx.AsyncClient, name: str, role: Role
) -> DeskBrowser:
    """Create an account and sign in with it."""
    person = Person(agent_id=AgentId(name), first_name=name.title(), role=role)
    with patch.object(accounts, "_HASHER", QUICK_HASHER):
        await Accounts(gateway.services.redis).keep(person, PASSWORD)
    answer = await http.post("/v1/desk/session", json={"user_name": name, "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    return DeskBrowser(http, answer.json()["csrf"])


async def asks_for_person(gateway: RunningGateway, chat: Chat, **more: Any) -> None:
    """Let the assistant ask for a person for this customer."""
    request = PersonRequest(reason=Reason.ASKED, summary="Wants to talk.", **more)
    customers = gateway.services.handover.customers
    await customers.request_person(ConversationId(chat.id), request)


async def audited(sign_in: SignIn) -> list[tuple[str, str]]:
    sam = await sign_in("sam", Role.SUPERVISOR)
    noted = await sam.get("supervisor/audit")
    return [(one["doing"], one["what"]) for one in noted if one["agent_id"] == "kim"]


async def taken(sign_in: SignIn, gateway: RunningGateway, chat: Chat, **more: Any) -> DeskBrowser:
    """Kim has the conversation."""
    kim = await sign_in()
    await asks_for_person(gateway, chat, **more)
    await kim.done(f"conversations/{chat.id}/take-over")
    return kim
