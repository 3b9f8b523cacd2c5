"""From a commercetools order to ours. README.md beside this file lists every field."""

from datetime import datetime
from typing import Final

from support.ids import CustomerId, LineId, OrderNumber
from support.systems.errors import SystemAnswerMalformed
from support.systems.orders import models as ours
from support.systems.orders.commercetools.models import Address, CommercetoolsOrder, LineItem
from support.systems.orders.commercetools.own_fields import (
    SYSTEM,
    in_english,
    store_of,
    time_of,
    word_of,
)
from support.systems.orders.commercetools.parcels import parcels_of
from support.systems.orders.commercetools.words import brand_of, method_of
from support.systems.orders.models import Brand, DeliveryMethod

_BRAND_NAMES: Final = {Brand.KMART: "Kmart", Brand.TARGET: "Target"}
_STORE_PARTS: Final = ("Id", "Name", "Address", "Phone", "Hours")


def order_of(order: CommercetoolsOrder) -> ours.Order:
    """Return the order in our words; raise `SystemAnswerMalformed` for one without a number."""
    if not order.order_number:
        raise SystemAnswerMalformed(SYSTEM, "an order without a number")
    brand = brand_of(word_of(order.own("brand")), order.store.key if order.store else None)
    method = _method(order)
    return ours.Order(
        number=OrderNumber(order.order_number),
        brand=brand,
        placed_at=order.placed_at,
        customer_id=CustomerId(order.customer_id) if order.customer_id else None,
        contact=_contact(order),
        delivery=ours.Delivery(
            method=method, address=_address(order.shipping_address), store=_store(order)
        ),
        lines=tuple(_line(line, brand) for line in order.lines),
        parcels=parcels_of(order, method),
        cancelled_at=_cancelled_at(order),
        refunds=tuple(_refunds(order)),
    )


def _method(order: CommercetoolsOrder) -> DeliveryMethod:
    words = [word_of(order.own("deliveryMethod"))]
    for shipment in order.shipments:
        named = shipment.shipping_method.obj if shipment.shipping_method else None
        words += [named.key if named else None, shipment.shipping_method_name]
    return method_of(*words)


def _contact(order: CommercetoolsOrder) -> ours.Contact:
    people = [one for one in (order.billing_address, order.shipping_address) if one]
    return ours.Contact(
        first_name=next((one.first_name for one in people if one.first_name), None),
        email=order.customer_email or next((one.email for one in people if one.email), None),
        phone=next((told for one in people if (told := one.mobile or one.phone)), None),
    )


def _address(address: Address | None) -> ours.Address | None:
    if address is None:
        return None
    street = " ".join(part for part in (address.street_number, address.street_name) if part)
    more = (address.apartment, address.building, address.additional_street_info)
    return ours.Address(
        line1=street or None,
        line2=", ".join(part for part in more if part) or None,
        suburb=address.city,
        state=address.state or address.region,
        postcode=address.postal_code,
    )


def _store(order: CommercetoolsOrder) -> ours.Store | None:
    whole = store_of(order.own("store"))
    if whole is not None:
        return whole
    parts = {part.lower(): word_of(order.own(f"store{part}")) for part in _STORE_PARTS}
    return store_of(parts) if parts["name"] else None


def _line(line: LineItem, brand: Brand) -> ours.Line:
    return ours.Line(
        id=LineId(line.id),
        name=in_english(line.name) or line.variant.sku or line.id,
        sku=line.variant.sku,
        quantity=line.quantity,
        seller=_seller(line, brand),
    )


def _seller(line: LineItem, brand: Brand) -> ours.Seller:
    """Return who sells a line: whoever its own fields name, else the brand itself."""
    seller_id = word_of(line.own("sellerId"))
    if seller_id is None or brand_of(seller_id) is not Brand.UNKNOWN:
        own = brand_of(seller_id) if seller_id else brand
        return ours.Seller(id=own, name=_BRAND_NAMES.get(own, "the shop"))
    name = word_of(line.own("sellerName")) or seller_id
    return ours.Seller(id=seller_id, name=name, marketplace=True)


def _cancelled_at(order: CommercetoolsOrder) -> datetime | None:
    """Return when it was cancelled, at the latest: commercetools keeps the last change alone."""
    if order.order_state != "Cancelled":
        return None
    told = time_of(order.own("cancelledAt"))
    return told or order.last_modified_at or order.created_at


def _refunds(order: CommercetoolsOrder) -> list[ours.Refund]:
    payments = order.payment_info.payments if order.payment_info else ()
    transactions = (one for payment in payments if payment.obj for one in payment.obj.transactions)
    return [
        ours.Refund(
            amount=one.amount.cent_amount / 10**one.amount.fraction_digits, at=one.timestamp
        )
        for one in transactions
        if one.type == "Refund" and one.state == "Success"
    ]
