"""What can go wrong when the order system is asked."""

from support.ids import OrderNumber


class OrderNotFound(Exception):
    """The order system has no order of this number. Never told to customers as such."""

    def __init__(self, number: OrderNumber) -> None:
        self.number = number
        super().__init__("no order of this number")
