"""The running system as a simulation needs it: where worlds are put and conversations held."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx
import redis

from sandbox.demo.pieces import Json
from scripts.demo.keys import load_keys
from scripts.demo.system import System
from support.systems.cases.models import CaseKind
from tests.end_to_end.customer import KEPT_OPEN, Customer
from tests.end_to_end.sandbox import Sandbox
from tests.simulation.worlds import World

_FAILED_TRIES_OF_EVERYBODY: Final = "limits:identification:sender:*"
"""All simulated customers share one address, which is not what the limit is about."""

_CODE: Final = re.compile(r"\b\d{6}\b")


@dataclass(frozen=True)
class Place:
    """One running system. It may be used by several threads."""

    gateway: httpx.Client
    sandbox: httpx.Client
    redis: "redis.Redis"
    case_system_key: str

    def new_customer(self) -> Customer:
        """Open a conversation."""
        for key in self.redis.scan_iter(_FAILED_TRIES_OF_EVERYBODY):
            self.redis.delete(key)
        return Customer(self.gateway, self.redis)

    def put(self, world: World) -> None:
        """Make the order system and the carriers know a world's order."""
        control = Sandbox(self.sandbox)
        control.put_order(world.demo.order)
        for (carrier, number), body in world.demo.tracking.items():
            control.put_tracking(carrier, number, body)

    def open_case(self, world: World, kind: CaseKind) -> None:
        """Open a case about a world's first parcel, as was done before the conversation."""
        body = {"kind": kind, "order_number": world.number, "parcel_id": "P1"}
        headers = {
            "Authorization": f"Bearer {self.case_system_key}",
            "Idempotency-Key": f"before-{world.number}",
        }
        self.sandbox.post("/case-system/cases", json=body, headers=headers).raise_for_status()

    def cases(self, world: World) -> list[Json]:
        """Return the cases of a world's order."""
        return self._of_order("/sandbox/cases", "cases", world)

    def tickets(self, world: World) -> list[Json]:
        """Return the Marketplace tickets of a world's order."""
        return self._of_order("/sandbox/marketplace", "tickets", world)

    def code(self, world: World) -> str:
        """Return the newest one-time code that was sent to this order's contact."""
        contact = world.demo.order["contact"]
        own = [one for one in self._get("/sandbox/sent")["sent"] if one["to"] in contact.values()]
        codes = [code for one in own for code in _CODE.findall(one["text"])]
        return codes[-1] if codes else ""

    def _of_order(self, path: str, name: str, world: World) -> list[Json]:
        return [one for one in self._get(path)[name] if one["order_number"] == world.number]

    def _get(self, path: str) -> Any:
        read = self.sandbox.get(path)
        read.raise_for_status()
        return read.json()


@contextmanager
def place_in(system: System) -> Iterator[Place]:
    """Connect to a running system."""
    keys = load_keys(system.supervisor.logs.parent / "secrets.env")
    with (
        httpx.Client(base_url=system.gateway_url, timeout=30, limits=KEPT_OPEN) as gateway,
        httpx.Client(base_url=system.sandbox_url, timeout=30, limits=KEPT_OPEN) as sandbox,
        redis.Redis.from_url(system.redis_url, decode_responses=True) as client,
    ):
        yield Place(gateway, sandbox, client, keys["CASE_SYSTEM_KEY"])
