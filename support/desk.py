"""What the desk asks of the actions process, and what it is answered.

The bundle of an order as it stands now, and deeds: requests made by an agent in the customer's
name, under the same decisions as the assistant's own.
"""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from support.handover import CaseNote
from support.ids import ConversationId, OrderNumber, ParcelId
from support.systems.cases.models import CaseSignal

PATH_PICTURE = "/desk/picture"
PATH_DEED = "/desk/deed"
SIGNED_SECONDS = 60
"""How long a signed call is good for; what it does is done once, however often it comes."""


class DeedKind(StrEnum):
    """What an agent can have done."""

    OPEN_INVESTIGATION = "open_investigation"
    OPEN_TICKET = "open_ticket"
    REQUEST_REDIRECT = "request_redirect"
    REQUEST_REFUND = "request_refund"
    SEND_CODE = "send_code"
    CHECK_CODE = "check_code"


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PictureRequest(_Told):
    """Which order to look at, for which conversation."""

    conversation_id: ConversationId
    channel: str
    order_number: OrderNumber


class DeedRequest(PictureRequest):
    """What to do. `request_id` makes a repeat the same deed; `agent` is who asks for it."""

    request_id: str = Field(min_length=1, max_length=64)
    agent: str
    kind: DeedKind
    parcel_id: ParcelId | None = None
    text: str = Field(default="", max_length=500)


class DeedResult(_Told):
    """What came of it. `says` is for the agent; `reference` is what the customer may be told."""

    done: bool
    says: str
    reference: str | None = None


class ParcelPicture(_Told):
    """One parcel as it stands. `eta_from` says who promised the day; `problem` why none answers.

    `signals` are what a claim about it would be judged by; there are some once it is said to have
    arrived.
    """

    parcel_id: ParcelId
    status: str
    since: AwareDatetime | None
    source: str
    read_at: AwareDatetime
    carrier: str | None
    tracking_number: str | None
    link: str | None
    last_scan: str | None
    scanned_at: AwareDatetime | None
    eta: date | None
    eta_from: str | None
    items: str
    seller: str | None
    problem: str | None
    signals: tuple[CaseSignal, ...] = ()


class OrderPicture(_Told):
    """An order as the systems tell it. `level` is what the customer has shown for it.

    `allowed` are the deeds that may be done now, `withheld` says why the others may not.
    `could_not_read` names systems that did not
    answer. Contact and address are whole here: whoever shows them hides them.
    """

    order_number: OrderNumber
    brand: str
    placed_at: AwareDatetime
    method: str
    first_name: str | None
    email: str | None
    phone: str | None
    address: str | None
    store: str | None
    level: str
    allowed: tuple[DeedKind, ...]
    withheld: dict[DeedKind, str]
    parcels: tuple[ParcelPicture, ...]
    cases: tuple[CaseNote, ...]
    could_not_read: tuple[str, ...]
    read_at: AwareDatetime
