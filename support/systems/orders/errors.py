"""What can go wrong when the order system is asked."""

from support.ids import OrderNumber, ParcelId


class OrderNotFound(Exception):
    """The order system has no order of this number. Never told to customers as such."""

    def __init__(self, number: OrderNumber) -> None:
        self.number = number
        super().__init__("no order of this number")


class ParcelHasLeft(Exception):
    """What was to be noted for fulfilment comes too late: the parcel was handed over."""

    def __init__(self, number: OrderNumber, parcel_id: ParcelId | None) -> None:
        self.number = number
        self.parcel_id = parcel_id
        super().__init__("the parcel was handed over already")
