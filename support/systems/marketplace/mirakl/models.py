"""What we read of Mirakl's answers, in its own words; whatever else is there is ignored.

Source: Mirakl's published OpenAPI description of its front APIs. A field of another type
than theirs is refused.
"""

import datetime as dt
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Id = Annotated[str, Field(min_length=1)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Day(_Record):
    """A point in time of which hour and zone may not be known."""

    date: dt.date
    time: dt.time | None = None
    offset: str | None = None


class DeliveryWindow(_Record):
    """When an order should arrive."""

    latest: AwareDatetime | None = None


class OrderLine(_Record):
    """One product that a seller sold."""

    order_line_id: Id
    order_line_state: str
    can_open_incident: bool = False
    quantity: int = Field(ge=0)
    product_sku: str | None = None
    offer_sku: str | None = None
    product_title: str | None = None
    shipped_date: AwareDatetime | None = None
    received_date: AwareDatetime | None = None


class MiraklOrder(_Record):
    """What one seller has to send of a customer's order, whose number is `commercial_id`."""

    order_id: Id
    commercial_id: Id
    order_state: str
    shop_id: int
    shop_name: str
    has_incident: bool = False
    order_lines: tuple[OrderLine, ...] = ()
    shipping_company: str | None = None
    shipping_tracking: str | None = None
    delivery_date: DeliveryWindow | None = None


class Orders(_Record):
    """The answer of OR11."""

    orders: tuple[MiraklOrder, ...]


class Milestone(_Record):
    """A stage of a delivery, as the carrier told Mirakl."""

    type: str
    occurrence_date: Day | None = None


class ExpectedDelivery(_Record):
    """When the carrier thinks that it arrives."""

    latest: Day | None = None


class Tracking(_Record):
    """Who carries a shipment, and how far it is."""

    carrier_name: str | None = None
    tracking_number: str | None = None
    milestones: tuple[Milestone, ...] = ()
    carrier_estimated_delivery_date: ExpectedDelivery | None = None


class ShipmentLine(_Record):
    """How many of one product are in a shipment."""

    order_line_id: str | None = None
    quantity: int = Field(ge=0)


class Shipment(_Record):
    """What a seller sends at one time."""

    id: Id
    order_id: Id
    status: str
    shipped_date: AwareDatetime | None = None
    last_updated_date: AwareDatetime | None = None
    shipment_lines: tuple[ShipmentLine, ...] = ()
    tracking: Tracking | None = None


class Shipments(_Record):
    """The answer of ST11."""

    data: tuple[Shipment, ...]
    next_page_token: str | None = None


class Participant(_Record):
    """Who takes part in a thread."""

    type: str
    id: str | None = None


class Sender(_Record):
    """Who wrote a message."""

    type: str


class Message(_Record):
    """One message of a thread."""

    id: Id
    body: str
    date_created: AwareDatetime
    sender: Sender = Field(alias="from")
    to: tuple[Participant, ...] = ()


class NoReplyNeeded(_Record):
    """Somebody said that the shop need not answer any more."""

    date: AwareDatetime


class Entity(_Record):
    """What a thread is about."""

    type: str
    id: Id


class Topic(_Record):
    """What a thread is called: by a code of the operator's, or in words."""

    type: str
    value: str


class Thread(_Record):
    """Messages about an order."""

    id: Id
    date_created: AwareDatetime
    topic: Topic | None = None
    authorized_participants: tuple[Participant, ...] = ()
    entities: tuple[Entity, ...] = ()
    messages: tuple[Message, ...] = ()
    no_store_reply_needed: tuple[NoReplyNeeded, ...] = ()


class Threads(_Record):
    """The answer of M11."""

    data: tuple[Thread, ...]
    next_page_token: str | None = None


class Posted(_Record):
    """The answer of OR43 and M12."""

    thread_id: Id
    message_id: str
