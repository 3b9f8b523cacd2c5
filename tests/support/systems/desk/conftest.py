"""Every version of the outside desk, without conversations."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest
from pydantic import SecretStr

from support.systems.desk.chatwoot.adapter import ChatwootAccount, ChatwootDesk
from support.systems.desk.interface import Desk
from support.systems.desk.memory import MemoryDesk
from tests.fakes.chatwoot import ACCOUNT, INBOX, TOKEN, Chatwoot
from tests.fakes.prism import prism
from tests.fakes.serving import served_in_thread

PUBLISHED: Final = Path(__file__).parent / "published" / "chatwoot-openapi.json"


@dataclass(frozen=True)
class There:
    """A desk, and what stands in its conversations: the customer's words, and notes."""

    desk: Desk
    openings: Callable[[], list[str]]
    words: Callable[[], list[str]]
    notes: Callable[[], list[str]]
    standing: Callable[[], str]


@dataclass(frozen=True)
class CheckedChatwoot:
    """A small Chatwoot behind Prism, which holds both against the published description."""

    chatwoot: Chatwoot
    address: str


@pytest.fixture(scope="session")
def running_chatwoot() -> Iterator[CheckedChatwoot]:
    chatwoot = Chatwoot()
    with (
        served_in_thread(chatwoot.app()) as upstream,
        prism(PUBLISHED, upstream=upstream) as address,
    ):
        yield CheckedChatwoot(chatwoot, address)


@pytest.fixture
def checked(running_chatwoot: CheckedChatwoot) -> CheckedChatwoot:
    """It, without anything in it."""
    running_chatwoot.chatwoot.__init__()  # type: ignore[misc]
    return running_chatwoot


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A client that fails the test where Prism finds something wrong with request or answer."""
    async with httpx.AsyncClient(event_hooks={"response": [_refuse_violations]}) as client:
        yield client


def chatwoot_desk(address: str, client: httpx.AsyncClient, token: str = TOKEN) -> ChatwootDesk:
    return ChatwootDesk(client, ChatwootAccount(address, ACCOUNT, INBOX, SecretStr(token)))


@pytest.fixture(params=["memory", "chatwoot"])
def there(request: pytest.FixtureRequest, client: httpx.AsyncClient) -> There:
    """Each version of the desk."""
    if request.param == "memory":
        return _in_memory(MemoryDesk())
    checked: CheckedChatwoot = request.getfixturevalue("checked")
    chatwoot = checked.chatwoot
    return There(
        chatwoot_desk(checked.address, client),
        lambda: [one["source_id"] for one in chatwoot.conversations],
        chatwoot.said,
        lambda: chatwoot.said(private=True),
        lambda: str(chatwoot.conversations[-1]["status"]),
    )


def _in_memory(desk: MemoryDesk) -> There:
    def written(*, note: bool) -> list[str]:
        return [one.text for some in desk.messages.values() for one in some if one.note is note]

    names = {"open": "open", "with_assistant": "pending", "ended": "resolved"}
    return There(
        desk,
        lambda: [one.key for one in desk.openings],
        lambda: written(note=False),
        lambda: written(note=True),
        lambda: names[list(desk.standings.values())[-1][-1].value],
    )


async def _refuse_violations(response: httpx.Response) -> None:
    found = json.loads(response.headers.get("sl-violations", "[]"))
    assert not found, found
