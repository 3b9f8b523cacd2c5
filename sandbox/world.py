"""What the sandbox's systems know, and how they misbehave: all of it in memory."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sandbox.case_book import CaseBook
from sandbox.demo import demo_world
from sandbox.text_book import TextBook
from sandbox.ticket_book import TicketBook
from support.ids import CarrierId, TrackingNumber

SLOW_MS: Final = 10_000
"""How late a slow system answers where nobody says."""


class FaultMode(StrEnum):
    """How a system behaves."""

    OK = "ok"
    DOWN = "down"
    SLOW = "slow"
    ERROR = "error"
    MALFORMED = "malformed"
    RATE_LIMITED = "rate_limited"


@dataclass(frozen=True, slots=True)
class Fault:
    """A behaviour, and how long the system waits before it shows it."""

    mode: FaultMode = FaultMode.OK
    delay_ms: int = 0

    @property
    def delay_seconds(self) -> float:
        """Return the wait in seconds; a slow system always has one."""
        slow = self.mode is FaultMode.SLOW and not self.delay_ms
        return (SLOW_MS if slow else self.delay_ms) / 1000


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What a carrier answers about one number, byte for byte."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"


@dataclass(slots=True)
class World:
    """The outside world. Starts as the shipped demo data, its times counted from `now`."""

    now: datetime
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    tracking: dict[tuple[CarrierId, TrackingNumber], StoredAnswer] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    cases: CaseBook = field(default_factory=CaseBook)
    tickets: TicketBook = field(default_factory=TicketBook)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    texts: TextBook = field(default_factory=TextBook)
    apps: list[dict[str, Any]] = field(default_factory=list)
    heard: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When somebody last wrote to us in an app: its window is open from then on."""
    notes: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reset(self.now)

    def reset(self, now: datetime) -> None:
        """Go back to the demo data, with every system working."""
        demo = demo_world(now)
        self.now = now
        self.orders = {order["number"]: order for order in demo.orders}
        self.tracking = {place: StoredAnswer(body) for place, body in demo.tracking.items()}
        self.faults = {}
        self.cases = CaseBook()
        self.tickets = TicketBook()
        self.sent = {}
        self.texts = TextBook()
        self.apps, self.heard = [], {}
        self.notes = {}

    def fault_of(self, *systems: str) -> Fault:
        """Return the first misbehaviour that is set for one of these systems."""
        faults = (self.faults.get(system, Fault()) for system in systems)
        return next((fault for fault in faults if fault != Fault()), Fault())

    def carrier_of(self, number: TrackingNumber) -> CarrierId | None:
        """Return the carrier that knows this number."""
        return next((carrier for carrier, known in self.tracking if known == number), None)
