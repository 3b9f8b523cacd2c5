"""Every version of the case system, and how people at work move its cases on."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import httpx
import pytest

from sandbox.app import create_app
from support.ids import CaseReference
from support.systems.cases.http import HttpCaseSystem
from support.systems.cases.interface import CaseSystem
from support.systems.cases.memory import MemoryCaseSystem
from support.systems.cases.models import CaseState
from support.systems.cases.zendesk.adapter import ZendeskCaseSystem
from support.systems.cases.zendesk.fields import ZendeskFields
from tests.fakes.sandbox_settings import sandbox_settings
from tests.fakes.zendesk import EMAIL, FIELDS, TOKEN, Zendesk

KEY = "case-key"
SANDBOX = "http://127.0.0.1:8800"
ZENDESK = "https://kmart.zendesk.test"


@dataclass(frozen=True)
class Desk:
    """A case system, and the people behind it."""

    system: CaseSystem
    move: Callable[[CaseReference, CaseState], Awaitable[object]]


def zendesk_system(client: httpx.AsyncClient) -> ZendeskCaseSystem:
    return ZendeskCaseSystem(client, ZENDESK, EMAIL, TOKEN, ZendeskFields(**FIELDS))


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk()


@pytest.fixture
async def zendesk_client(zendesk: Zendesk) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=zendesk.transport) as client:
        yield client


@pytest.fixture(params=["memory", "http", "zendesk"])
async def desk(
    request: pytest.FixtureRequest, zendesk: Zendesk, zendesk_client: httpx.AsyncClient
) -> AsyncIterator[Desk]:
    """Each version of the case system, without cases."""
    if request.param == "memory":
        memory = MemoryCaseSystem()
        yield Desk(memory, _in_memory(memory))
    elif request.param == "zendesk":
        yield Desk(zendesk_system(zendesk_client), _in_zendesk(zendesk))
    else:
        transport = httpx.ASGITransport(create_app(sandbox_settings(case_key=KEY)))
        async with httpx.AsyncClient(transport=transport) as client:
            yield Desk(HttpCaseSystem(client, f"{SANDBOX}/case-system", KEY), _in_sandbox(client))


def _in_memory(memory: MemoryCaseSystem) -> Callable[[CaseReference, CaseState], Awaitable[object]]:
    async def move(reference: CaseReference, state: CaseState) -> object:
        return memory.move(reference, state)

    return move


def _in_sandbox(
    client: httpx.AsyncClient,
) -> Callable[[CaseReference, CaseState], Awaitable[object]]:
    async def move(reference: CaseReference, state: CaseState) -> object:
        change = await client.put(f"{SANDBOX}/sandbox/cases/{reference}", json={"state": state})
        return change.raise_for_status()

    return move


def _in_zendesk(zendesk: Zendesk) -> Callable[[CaseReference, CaseState], Awaitable[object]]:
    async def move(reference: CaseReference, state: CaseState) -> object:
        resolved = state is CaseState.RESOLVED
        own = {} if resolved else {"state": str(state)}
        return zendesk.change(int(reference), own, status="solved" if resolved else "hold")

    return move
