"""What sellers have sent, as Mirakl tells it, and as an order shows it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.ids import OrderNumber
from support.systems.answers import value_as
from support.systems.errors import SystemAnswerMalformed
from support.systems.marketplace.mirakl.api import MiraklApi
from support.systems.marketplace.mirakl.models import MiraklOrder, Shipment, Shipments
from support.systems.marketplace.mirakl.orders import OrdersWithSellersParcels
from support.systems.marketplace.mirakl.parcels import parcels_of
from support.systems.orders.memory import MemoryOrderSystem
from support.systems.orders.models import Order, Parcel, ParcelStatus
from tests.fakes.mirakl import KEY, mirakl_order, published
from tests.orders import line_json, order, parcel_json
from tests.support.systems.marketplace.conftest import NUMBER, CheckedMirakl

MILESTONE = {"date": "2026-11-20", "time": "12:50:00", "offset": "+11:00"}


def shipment_json(*milestones: str, **different: Any) -> dict[str, Any]:
    told = [{"type": one, "occurrence_date": MILESTONE} for one in milestones]
    shipment = published("front.ST11.200")["data"][0] | {"order_id": f"{NUMBER}-A"}
    shipment["tracking"] |= {"milestones": told}
    for line in shipment["shipment_lines"]:
        line["order_line_id"] = "Order_00010-A-1"
    shipment["shipment_lines"] = shipment["shipment_lines"][:1]
    return dict(shipment | different)


def read(*milestones: str, **different: Any) -> Parcel:
    payload = shipment_json(*milestones, **different)
    mirakls = value_as(MiraklOrder, mirakl_order(NUMBER), system="marketplace")
    return parcels_of(mirakls, [value_as(Shipment, payload, system="marketplace")])[0]


def test_the_published_shipments_tell_the_truth():
    mirakls = value_as(MiraklOrder, mirakl_order(NUMBER, order_id="ORDER_01-A"), system="m")
    shipments = value_as(Shipments, published("front.ST11.200"), system="m").data
    (parcel,) = parcels_of(mirakls, shipments)
    assert (parcel.status, parcel.carrier, parcel.tracking_number) == (
        ParcelStatus.DELIVERED,
        "ups",
        "1315A26",
    )
    assert [item.quantity for item in parcel.items] == [1, 3]
    assert parcel.dispatched_at == datetime(2021, 7, 6, 10, 24, 36, 326000, tzinfo=UTC)
    assert parcel.delivered_at is None  # its hour is told, and its zone is not


@pytest.mark.parametrize(
    ("status", "milestones", "parcel"),
    [
        ("SHIPPING", [], ParcelStatus.PICKING),
        ("SHIPMENT_PREPARED", ["IN_TRANSIT"], ParcelStatus.PICKING),
        ("READY_FOR_PICK_UP", [], ParcelStatus.PICKING),
        ("SHIPPED", [], ParcelStatus.SHIPPED),
        ("SHIPPED", ["IN_TRANSIT"], ParcelStatus.SHIPPED),
        ("SHIPPED", ["IN_TRANSIT", "OUT_FOR_DELIVERY"], ParcelStatus.OUT_FOR_DELIVERY),
        ("SHIPPED", ["OUT_FOR_DELIVERY", "DELIVERED"], ParcelStatus.DELIVERED),
        ("SHIPPED", ["DELIVERED", "EXCEPTION"], ParcelStatus.UNKNOWN),
        ("SHIPPED", ["TELEPORTED"], ParcelStatus.UNKNOWN),
        ("TO_COLLECT", [], ParcelStatus.UNKNOWN),
        ("RECEIVED", ["IN_TRANSIT"], ParcelStatus.DELIVERED),
        ("CLOSED", [], ParcelStatus.UNKNOWN),
        ("CLOSED", ["DELIVERED"], ParcelStatus.DELIVERED),
        ("CANCELED", [], ParcelStatus.CANCELLED),
        ("TELEPORTED", [], ParcelStatus.UNKNOWN),
    ],
)
def test_statuses_and_milestones_are_read(status: str, milestones: list[str], parcel: ParcelStatus):
    assert read(*milestones, status=status).status is parcel


def test_a_milestone_with_hour_and_zone_says_since_when():
    delivered = read("DELIVERED", status="SHIPPED")
    assert delivered.delivered_at == datetime(2026, 11, 20, 1, 50, tzinfo=UTC)


def test_the_newest_day_counts_in_whatever_order_milestones_come():
    older = {"type": "DELIVERED", "occurrence_date": MILESTONE | {"date": "2026-11-18"}}
    newer = {"type": "IN_TRANSIT", "occurrence_date": MILESTONE}
    tracking = shipment_json()["tracking"] | {"milestones": [newer, older]}
    assert read(status="SHIPPED", tracking=tracking).status is ParcelStatus.SHIPPED


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("WAITING_ACCEPTANCE", ParcelStatus.PROCESSING),
        ("SHIPPING", ParcelStatus.PICKING),
        ("SHIPPED", ParcelStatus.SHIPPED),
        ("RECEIVED", ParcelStatus.DELIVERED),
        ("REFUSED", ParcelStatus.CANCELLED),
        ("INCIDENT_OPEN", ParcelStatus.UNKNOWN),
        ("CLOSED", ParcelStatus.UNKNOWN),
        ("TELEPORTED", ParcelStatus.UNKNOWN),
    ],
)
def test_without_shipments_the_states_of_lines_count(state: str, status: ParcelStatus):
    payload = mirakl_order(NUMBER)
    payload["order_lines"][0]["order_line_state"] = state
    (parcel,) = parcels_of(value_as(MiraklOrder, payload, system="marketplace"), [])
    assert (parcel.status, parcel.promised_by) == (status, date(2019, 9, 3))


@given(
    name=st.sampled_from(sorted(shipment_json())),
    value=st.none() | st.integers() | st.text(max_size=3) | st.just([]) | st.just({}),
)
def test_whatever_a_field_holds_nothing_is_called_delivered(name: str, value: object):
    try:
        parcel = read("IN_TRANSIT", **{"status": "SHIPPED", name: value})
    except (SystemAnswerMalformed, IndexError):
        return
    assert parcel.status is not ParcelStatus.DELIVERED


SOLD = line_json(
    id="2",
    name="Espresso machine",
    sku="MKP100000000037254",
    quantity=3,
    seller={"id": "2000", "name": "Toy Haven", "marketplace": True},
)
WAITING = parcel_json(
    id="P2", status="processing", items=[{"line_id": "2", "quantity": 3}], tracking_number=None
)


@pytest.fixture
def mixed() -> Order:
    """One parcel of Kmart's, and what a seller has to send."""
    return order(parcel_json(), WAITING, lines=[line_json(), SOLD])


async def told(
    whole: Order, client: httpx.AsyncClient, address: str
) -> list[tuple[str, list[tuple[str, int]], ParcelStatus]]:
    orders = OrdersWithSellersParcels(MemoryOrderSystem([whole]), MiraklApi(client, address, KEY))
    found = await orders.order(OrderNumber(NUMBER))
    return [
        (parcel.id, [(item.line_id, item.quantity) for item in parcel.items], parcel.status)
        for parcel in found.parcels
    ]


async def test_sellers_parcels_take_the_place_of_what_was_not_known_of_them(
    mixed: Order, checked: CheckedMirakl, checking_client: httpx.AsyncClient
):
    checked.mirakl.shipments = [shipment_json("OUT_FOR_DELIVERY", id="S1", status="SHIPPED")]
    assert await told(mixed, checking_client, checked.address) == [
        ("P1", [("1", 1)], ParcelStatus.SHIPPED),
        ("P2", [("2", 2)], ParcelStatus.PROCESSING),
        ("S1", [("2", 1)], ParcelStatus.OUT_FOR_DELIVERY),
    ]


async def test_an_order_without_sellers_is_not_asked_about(
    checked: CheckedMirakl, checking_client: httpx.AsyncClient
):
    address = f"{checked.address}/nowhere"
    assert len(await told(order(), checking_client, address)) == 1


@pytest.mark.parametrize(
    "broken",
    [
        lambda _: httpx.Response(500),
        lambda _: httpx.Response(200, json={"orders": 1}),
    ],
)
async def test_where_mirakl_does_not_answer_the_order_is_told_as_it_is(
    mixed: Order, broken: Callable[[httpx.Request], httpx.Response]
):
    async with httpx.AsyncClient(transport=httpx.MockTransport(broken)) as client:
        assert len(await told(mixed, client, "https://mirakl.test")) == 2
