"""What a commercetools order says, read without asking anybody."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.ids import ParcelId
from support.systems.answers import value_as
from support.systems.errors import SystemAnswerMalformed
from support.systems.orders.commercetools.mapping import order_of
from support.systems.orders.commercetools.models import CommercetoolsOrder
from support.systems.orders.models import Brand, DeliveryMethod, Order, ParcelStatus, Store
from tests.support.systems.orders import commercetools as ct

SENT_AT = datetime(2026, 11, 19, 4, 0, tzinfo=UTC)


def read(**different: Any) -> Order:
    payload = ct.commercetools_order(**different)
    return order_of(value_as(CommercetoolsOrder, payload, system="orders"))


def own(**fields: Any) -> dict[str, Any]:
    return {"custom": {"type": {"typeId": "type", "id": "t"}, "fields": fields}}


def expanded(quantities: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"quantity": number, "state": {"typeId": "state", "id": key, "obj": ct.state(key)}}
        for key, number in quantities.items()
    ]


def statuses(order: Order) -> dict[str, ParcelStatus]:
    return {parcel.id: parcel.status for parcel in order.parcels}


def sent(*parcels: ct.Json, items: list[ct.Json], **different: Any) -> ct.Json:
    return ct.shipping(ct.delivery(*parcels, items=items, **different))


ALL = [ct.of("kettle", 2), ct.of("mug", 1)]


def test_who_ordered_what_is_read():
    order = read()
    assert (order.number, order.brand, order.customer_id) == ("410200341", Brand.KMART, "c-1001")
    assert order.placed_at == datetime(2026, 11, 17, 22, 12, tzinfo=UTC)
    assert order.contact.model_dump() == {
        "first_name": "Sam",
        "email": "sam@example.com",
        "phone": "+61400000001",
    }
    assert order.delivery.method is DeliveryMethod.STANDARD
    assert order.delivery.address
    assert order.delivery.address.model_dump(exclude_none=True) == {
        "line1": "1 Example St",
        "suburb": "Geelong",
        "state": "VIC",
        "postcode": "3220",
    }
    assert [(line.name, line.sku, line.quantity) for line in order.lines] == [
        ("Kettle", "sku-kettle", 2),
        ("Mug", "sku-mug", 1),
    ]
    assert {line.seller.id for line in order.lines} == {"kmart"}


def test_what_was_not_sent_is_one_parcel_before_dispatch():
    (parcel,) = read().parcels
    assert (parcel.id, parcel.status, parcel.has_left) == ("rest", ParcelStatus.PROCESSING, False)
    assert [(item.line_id, item.quantity) for item in parcel.items] == [("kettle", 2), ("mug", 1)]


def test_a_delivery_is_a_parcel_that_has_left_with_its_number():
    parcel = read(shippingInfo=sent(ct.parcel(), items=ALL), shipmentState="Shipped").parcels[0]
    assert (parcel.status, parcel.has_left) == (ParcelStatus.SHIPPED, True)
    assert (parcel.carrier, parcel.tracking_number) == ("australia_post", "JDQ019457101000930308")
    assert (parcel.dispatched_at, parcel.status_at) == (SENT_AT, SENT_AT)
    assert len(parcel.items) == 2


@pytest.mark.parametrize("shipment", [None, "Pending", "Ready", "Backorder", "Delayed", "Partial"])
@pytest.mark.parametrize("state", ["Open", "Confirmed", "Complete"])
def test_parcels_decide_what_has_left_whatever_the_order_says(shipment: str | None, state: str):
    order = read(
        shippingInfo=sent(ct.parcel(), items=ALL), shipmentState=shipment, orderState=state
    )
    assert statuses(order) == {"P1": ParcelStatus.SHIPPED}
    assert order.has_left(None)
    assert order.has_left(ParcelId("P1"))


def test_what_is_left_behind_is_told_beside_what_was_sent():
    order = read(
        shippingInfo=sent(ct.parcel(), items=[ct.of("kettle", 1)]), shipmentState="Partial"
    )
    assert statuses(order) == {"P1": ParcelStatus.SHIPPED, "rest": ParcelStatus.PROCESSING}
    assert [(i.line_id, i.quantity) for i in order.parcels[1].items] == [("kettle", 1), ("mug", 1)]
    assert not order.has_left(None)


@pytest.mark.parametrize(
    ("shipment", "status"),
    [
        (None, ParcelStatus.PROCESSING),
        ("Pending", ParcelStatus.PROCESSING),
        ("Ready", ParcelStatus.PICKING),
        ("Shipped", ParcelStatus.SHIPPED),
        ("Delivered", ParcelStatus.DELIVERED),
        ("Canceled", ParcelStatus.CANCELLED),
        ("Teleported", ParcelStatus.UNKNOWN),
    ],
)
def test_without_deliveries_the_state_of_the_shipment_counts(
    shipment: str | None, status: ParcelStatus
):
    assert statuses(read(shipmentState=shipment)) == {"rest": status}


@pytest.mark.parametrize(
    ("shipment", "status"),
    [("Ready", ParcelStatus.READY_TO_COLLECT), ("Delivered", ParcelStatus.COLLECTED)],
)
def test_in_a_store_ready_and_delivered_mean_collection(shipment: str, status: ParcelStatus):
    order = read(shipmentState=shipment, shippingInfo=ct.shipping(name="Click & Collect"))
    assert order.delivery.method is DeliveryMethod.CLICK_AND_COLLECT
    assert statuses(order) == {"rest": status}


def test_the_states_of_lines_tell_what_is_where():
    order = read(
        lineItems=[
            ct.line_item("kettle", 2, state=expanded({"picking": 1, "shipped": 1})),
            ct.line_item("mug", 1, state=expanded({"teleported": 1})),
        ],
        shippingInfo=sent(ct.parcel(), items=[ct.of("kettle", 1)]),
    )
    assert statuses(order) == {
        "P1": ParcelStatus.SHIPPED,
        "rest": ParcelStatus.PICKING,
        "rest-2": ParcelStatus.UNKNOWN,
    }


@pytest.mark.parametrize(
    ("mug", "status"),
    [("delivered", ParcelStatus.DELIVERED), ("shipped", ParcelStatus.SHIPPED)],
)
def test_a_parcel_is_delivered_only_when_all_in_it_is(mug: str, status: ParcelStatus):
    order = read(
        lineItems=[
            ct.line_item("kettle", 2, state=expanded({"delivered": 2})),
            ct.line_item("mug", 1, state=expanded({mug: 1})),
        ],
        shippingInfo=sent(ct.parcel(), items=ALL),
    )
    assert statuses(order) == {"P1": status}


def test_a_parcels_own_status_comes_first_and_may_be_unknown():
    boxes = [
        ct.parcel("P1", items=[ct.of("kettle", 2)], **own(status="Out for delivery")),
        ct.parcel("P2", items=[ct.of("mug", 1)], **own(status={"key": "vaporised", "label": "?"})),
        ct.parcel("P3", number=None, items=[], **own(status="packed")),
    ]
    order = read(shippingInfo=sent(*boxes, items=ALL))
    assert statuses(order) == {
        "P1": ParcelStatus.OUT_FOR_DELIVERY,
        "P2": ParcelStatus.UNKNOWN,
        "P3": ParcelStatus.PICKING,
    }
    assert [parcel.has_left for parcel in order.parcels] == [True, True, False]


def test_a_return_is_no_parcel_of_the_order():
    back = ct.parcel("P2", trackingData={"trackingId": "R1", "isReturn": True})
    assert set(statuses(read(shippingInfo=sent(ct.parcel(), back, items=ALL)))) == {"P1"}


def test_a_delivery_without_parcels_has_left_all_the_same():
    assert statuses(read(shippingInfo=sent(items=ALL))) == {"D1": ParcelStatus.SHIPPED}


def test_the_retailers_own_fields_are_read():
    order = read(
        store=None,
        **own(
            brand="Target",
            deliveryMethod="click-and-collect",
            store={"id": "5123", "name": "Target Geelong", "hours": "9 am to 9 pm"},
            promisedBy="2026-11-25",
        ),
    )
    assert order.brand is Brand.TARGET
    assert order.delivery.method is DeliveryMethod.CLICK_AND_COLLECT
    assert order.delivery.store == Store(id="5123", name="Target Geelong", hours="9 am to 9 pm")
    assert order.parcels[0].promised_by == date(2026, 11, 25)


@pytest.mark.parametrize(
    "fields", [{"store": "Kmart Geelong"}, {"storeName": "Kmart Geelong", "storeId": None}]
)
def test_a_store_may_be_a_name_alone(fields: dict[str, Any]):
    assert read(**own(**fields)).delivery.store == Store(name="Kmart Geelong")


def test_a_line_of_a_marketplace_seller_names_the_seller():
    line = ct.line_item("lamp", 1, **own(sellerId="2000", sellerName="Bright Pty Ltd"))
    seller = read(lineItems=[line]).lines[0].seller
    assert (seller.id, seller.name, seller.marketplace) == ("2000", "Bright Pty Ltd", True)


def test_a_cancelled_order_is_cancelled_and_what_was_sent_stays_sent():
    order = read(orderState="Cancelled", shippingInfo=sent(ct.parcel(), items=[ct.of("kettle", 2)]))
    assert order.cancelled_at == datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
    assert statuses(order) == {"P1": ParcelStatus.SHIPPED, "rest": ParcelStatus.CANCELLED}
    assert order.has_left(None)


def test_refunds_are_those_that_succeeded():
    transactions = [
        {"type": kind, "state": state, "amount": ct.money(1250), "timestamp": None}
        for kind, state in [("Charge", "Success"), ("Refund", "Success"), ("Refund", "Failure")]
    ]
    payments = [{"typeId": "payment", "id": "p", "obj": {"transactions": transactions}}]
    assert [refund.amount for refund in read(paymentInfo={"payments": payments}).refunds] == [12.5]


def test_several_ways_of_shipping_each_have_their_own_method():
    order = read(
        shippingInfo=None,
        shippingMode="Multiple",
        shipping=[
            {"shippingKey": "a", "shippingInfo": sent(ct.parcel("A"), items=[ct.of("kettle", 2)])},
            {
                "shippingKey": "b",
                "shippingInfo": ct.shipping(
                    ct.delivery(ct.parcel("B"), items=[ct.of("mug", 1)]), name="Express"
                ),
            },
        ],
    )
    assert order.delivery.method is DeliveryMethod.STANDARD
    assert [(one.id, one.method) for one in order.parcels] == [
        ("A", None),
        ("B", DeliveryMethod.EXPRESS),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"orderNumber": None},
        {"orderNumber": 410200341},
        {"createdAt": "yesterday"},
        {"createdAt": "2026-11-17T22:12:00"},
        {"version": "four"},
        {"lineItems": {"id": "kettle"}},
        {"lineItems": [ct.line_item("kettle", -1)]},
        {"shippingInfo": ct.shipping({"items": []})},
        {"shippingAddress": "1 Example St"},
        own(brand=7),
        own(promisedBy="soon"),
        own(store={"id": "5123"}),
    ],
)
def test_what_has_the_wrong_type_is_refused_without_repeating_it(wrong: dict[str, Any]):
    with pytest.raises(SystemAnswerMalformed) as caught:
        read(**wrong)
    assert "Example" not in str(caught.value)
    assert caught.value.system == "orders"


@given(
    name=st.sampled_from(sorted(ct.commercetools_order())),
    value=st.none() | st.integers() | st.text(max_size=3) | st.just([]) | st.just({}),
)
def test_whatever_a_field_holds_the_answer_is_an_order_or_our_error(name: str, value: object):
    payload = ct.commercetools_order(shippingInfo=sent(ct.parcel(), items=ALL)) | {name: value}
    try:
        order = order_of(value_as(CommercetoolsOrder, payload, system="orders"))
    except SystemAnswerMalformed:
        return
    assert ParcelStatus.DELIVERED not in statuses(order).values()
