"""Every version of the Marketplace, and what sellers and the operator do."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest
import yaml

from sandbox.app import create_app
from support.ids import OrderNumber, SellerId, TicketReference
from support.systems.marketplace.http import HttpMarketplace
from support.systems.marketplace.interface import Marketplace
from support.systems.marketplace.memory import MemoryMarketplace
from support.systems.marketplace.mirakl.adapter import MiraklMarketplace
from support.systems.marketplace.mirakl.api import MiraklApi
from support.systems.marketplace.models import TicketReason, TicketState
from tests.fakes.mirakl import KEY, Mirakl, mirakl_order
from tests.fakes.prism import prism
from tests.fakes.sandbox_settings import sandbox_settings
from tests.fakes.serving import served_in_thread
from tests.orders import line_json, order_json
from tests.support.systems.marketplace.description import described, prepared

SANDBOX: Final = "http://127.0.0.1:8800"
NUMBER: Final = OrderNumber("410200341")
SELLER: Final = SellerId("2000")
OTHER_SELLER: Final = SellerId("3000")
Change = Callable[[TicketReference], Awaitable[object]]


@dataclass(frozen=True)
class Place:
    """A Marketplace with its people."""

    marketplace: Marketplace
    answer: Change
    close: Change


@dataclass(frozen=True)
class CheckedMirakl:
    """A small Mirakl behind Prism, which holds what it is asked against Mirakl's description."""

    mirakl: Mirakl
    address: str


@pytest.fixture(scope="session")
def description(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mirakl's description, prepared for Prism."""
    file = tmp_path_factory.mktemp("mirakl") / "openapi.yaml"
    file.write_text(yaml.dump(prepared(described()), Dumper=yaml.CSafeDumper), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def running_mirakl(description: Path) -> Iterator[CheckedMirakl]:
    mirakl = Mirakl()
    with (
        served_in_thread(mirakl.app()) as upstream,
        prism(description, upstream=upstream) as address,
    ):
        # The first request takes Prism seconds on a busy machine, the adapter's whole patience.
        httpx.get(f"{address}/api/orders", timeout=60)
        yield CheckedMirakl(mirakl, address)


@pytest.fixture
def checked(running_mirakl: CheckedMirakl) -> CheckedMirakl:
    """Sam's order of two sellers, and no threads."""
    running_mirakl.mirakl.__init__(  # type: ignore[misc]
        orders=[mirakl_order(NUMBER), mirakl_order(NUMBER, shop=3000)]
    )
    return running_mirakl


@pytest.fixture
async def checking_client() -> AsyncIterator[httpx.AsyncClient]:
    """A client that fails the test where Prism finds something wrong with a request."""
    async with httpx.AsyncClient(event_hooks={"response": [_refuse_violations]}) as client:
        yield client


def mirakl_marketplace(
    address: str, client: httpx.AsyncClient, **codes: Mapping[TicketReason, str]
) -> MiraklMarketplace:
    return MiraklMarketplace(MiraklApi(client, address, KEY), **codes)


@pytest.fixture(params=["memory", "http", "mirakl"])
async def place(
    request: pytest.FixtureRequest, checking_client: httpx.AsyncClient
) -> AsyncIterator[Place]:
    """Each version of the Marketplace, without tickets."""
    if request.param == "memory":
        memory = MemoryMarketplace({SELLER: "Toy Haven", OTHER_SELLER: "Bright Lights"})
        yield Place(memory, _in_memory(memory), _in_memory(memory, TicketState.CLOSED))
    elif request.param == "mirakl":
        checked: CheckedMirakl = request.getfixturevalue("checked")
        marketplace = mirakl_marketplace(checked.address, checking_client)
        yield Place(marketplace, _seller_answers(checked.mirakl), _closes(checked.mirakl))
    else:
        transport = httpx.ASGITransport(create_app(sandbox_settings(marketplace_key=KEY)))
        async with httpx.AsyncClient(transport=transport, base_url=SANDBOX) as client:
            await _sell(client)
            marketplace_of_sandbox = HttpMarketplace(client, f"{SANDBOX}/marketplace", KEY)
            yield Place(
                marketplace_of_sandbox,
                _in_sandbox(client, state="seller_answered", answer="It left today."),
                _in_sandbox(client, state="closed"),
            )


async def _sell(client: httpx.AsyncClient) -> None:
    names = {SELLER: "Toy Haven", OTHER_SELLER: "Bright Lights"}
    lines = [
        line_json(id=str(place), seller={"id": seller, "name": name, "marketplace": True})
        for place, (seller, name) in enumerate(names.items())
    ]
    answer = await client.put(f"/sandbox/orders/{NUMBER}", json=order_json(lines=lines))
    answer.raise_for_status()


def _in_memory(
    memory: MemoryMarketplace, state: TicketState = TicketState.SELLER_ANSWERED
) -> Change:
    async def change(reference: TicketReference) -> object:
        return memory.change(reference, state=state, answer="It left today.")

    return change


def _in_sandbox(client: httpx.AsyncClient, **change: str) -> Change:
    async def apply(reference: TicketReference) -> object:
        answer = await client.put(f"/sandbox/marketplace/{reference}", json=change)
        return answer.raise_for_status()

    return apply


def _seller_answers(mirakl: Mirakl) -> Change:
    async def answer(reference: TicketReference) -> object:
        return mirakl.write(reference, "SHOP_USER", "It left today.")

    return answer


def _closes(mirakl: Mirakl) -> Change:
    async def close(reference: TicketReference) -> object:
        return mirakl.close(reference)

    return close


async def _refuse_violations(response: httpx.Response) -> None:
    found = json.loads(response.headers.get("sl-violations", "[]"))
    ours = [one for one in found if one["location"][0] == "request"]
    assert not ours, ours
