"""What the assistant asks of carriers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.models import CarrierProfile, TrackingReport
from support.systems.errors import SystemFailure


class Asked(NamedTuple):
    """One number, and the carrier that is to know it."""

    carrier: CarrierId
    number: TrackingNumber


Told = TrackingReport | TrackingNotFound | SystemFailure
"""What became of one of the numbers that were asked for."""


class CarrierAdapter(Protocol):
    """Asks one vendor's interface, once for several numbers.

    `system` names the interface: carriers behind the same one share its rate limit.
    `most_at_once` is how many numbers it takes in one call, of one carrier only unless
    `mixes_carriers`.
    """

    @property
    def system(self) -> str:
        """Return the name of the vendor's interface, as in its errors."""
        ...

    @property
    def most_at_once(self) -> int:
        """Return how many numbers one call may ask for."""
        ...

    @property
    def mixes_carriers(self) -> bool:
        """Return whether one call may ask for numbers of several carriers."""
        ...

    async def track_all(self, asked: Sequence[Asked]) -> Mapping[Asked, Told]:
        """Return what the vendor says about each, with one call.

        Raises a `support.systems.errors.SystemFailure` where nothing is known about any of them.
        """
        ...


class Carriers(Protocol):
    """All carriers behind one door: the registry, caching and stale answers included."""

    def profile(self, carrier: CarrierId) -> CarrierProfile:
        """Return the carrier's name and link; for an unlisted id a profile with just its name."""
        ...

    async def track(self, carrier: CarrierId, number: TrackingNumber) -> TrackingReport:
        """Return the newest report there is.

        When the carrier cannot be asked, the last known report is returned with its own
        `looked_up_at`; without one the failure is raised (`TrackingNotFound`,
        `CarrierNotConnected`, `support.systems.errors.SystemFailure`).
        """
        ...
