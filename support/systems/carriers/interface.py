"""What the assistant asks of carriers."""

from typing import Protocol

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.models import CarrierProfile, TrackingReport


class CarrierAdapter(Protocol):
    """Asks one vendor. Raises `TrackingNotFound` or a `support.systems.errors.SystemFailure`.

    `system` names the vendor's interface: carriers behind the same one share its rate limit.
    """

    @property
    def system(self) -> str:
        """Return the name of the vendor's interface, as in its errors."""
        ...

    async def track(self, number: TrackingNumber) -> TrackingReport:
        """Return what the vendor says about this number."""
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
