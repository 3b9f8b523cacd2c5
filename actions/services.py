"""What actions work with. `live_services` is the one place where real systems are chosen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from support.identification import Identification
from support.state.identity import VerifiedOrders
from support.systems.carriers.interface import Carriers
from support.systems.orders.interface import OrderSystem

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything outside an action. Tests pass in-memory versions."""

    orders: OrderSystem
    carriers: Carriers
    verified: VerifiedOrders
    identification: Identification
    now: Clock
    close: Callable[[], Awaitable[None]]
