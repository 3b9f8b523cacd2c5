"""How a vendor's folder says what it connects."""

from dataclasses import dataclass
from datetime import timedelta

from support.ids import CarrierId
from support.systems.carriers.budget import PERIOD
from support.systems.carriers.interface import CarrierAdapter


@dataclass(frozen=True, slots=True)
class Connection:
    """A vendor's interface with what it allows.

    `carriers` are those it is asked about; none means all that nobody else is asked about.
    `account` tells its credentials from others, without being them: `calls` in a `period` are
    allowed to each.
    """

    adapter: CarrierAdapter
    account: str
    calls: int
    carriers: tuple[CarrierId, ...] = ()
    period: timedelta = PERIOD
