"""Carriers in memory, for tests and for trying things out."""

from collections.abc import Iterable

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.errors import CarrierNotConnected, TrackingNotFound
from support.systems.carriers.models import CarrierProfile, TrackingReport
from support.systems.carriers.registry import (
    AUSTRALIA_POST,
    STARTRACK,
    normalised_carrier,
    profile_of,
)
from support.systems.errors import SystemFailure


class MemoryCarriers:
    """Knows the reports it is given. While `failure` is set, every look-up raises it."""

    def __init__(
        self,
        reports: Iterable[TrackingReport] = (),
        *,
        connected: Iterable[CarrierId] = (AUSTRALIA_POST, STARTRACK),
    ) -> None:
        self.failure: SystemFailure | None = None
        self._connected = {normalised_carrier(carrier) for carrier in connected}
        self._reports: dict[tuple[CarrierId, TrackingNumber], TrackingReport] = {}
        for report in reports:
            self.add(report)

    def add(self, report: TrackingReport) -> None:
        """Add a report, in place of one for the same number."""
        carrier = normalised_carrier(report.carrier)
        self._connected.add(carrier)
        self._reports[carrier, report.number] = report

    def profile(self, carrier: CarrierId) -> CarrierProfile:
        """Return the carrier's name and link."""
        return profile_of(carrier)

    async def track(self, carrier: CarrierId, number: TrackingNumber) -> TrackingReport:
        """Return the report that was given."""
        carrier = normalised_carrier(carrier)
        if carrier not in self._connected:
            raise CarrierNotConnected(carrier)
        if self.failure is not None:
            raise self.failure
        try:
            return self._reports[carrier, number]
        except KeyError:
            raise TrackingNotFound(carrier, number) from None
