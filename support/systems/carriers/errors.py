"""What can go wrong when a carrier is asked, beside `support.systems.errors`."""

from support.ids import CarrierId, TrackingNumber


class TrackingNotFound(Exception):
    """The carrier does not know this number (yet)."""

    def __init__(self, carrier: CarrierId, number: TrackingNumber) -> None:
        self.carrier = carrier
        self.number = number
        super().__init__(f"{carrier} does not know this tracking number")


class CarrierNotConnected(Exception):
    """No adapter is configured for this carrier: its link can be given, its status cannot."""

    def __init__(self, carrier: CarrierId) -> None:
        self.carrier = carrier
        super().__init__(f"{carrier} is not connected")
