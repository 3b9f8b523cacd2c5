"""Every demo order asked for over the API: each stated fact is the sandbox's, none is made up."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from sandbox.demo import catalogue
from sandbox.demo.pieces import DemoOrder
from support.decisions.order_status import method_of
from support.decisions.published import Publications, published_for
from support.knowledge.library import Library
from support.places.regions import NO_REGIONS
from support.systems.orders.models import Order
from support.systems.orders.payload import order_from_json
from support.times import utc_now, zone_of
from tests.end_to_end.customer import Answer, Customer

TRUTH = {
    "410200341": ["Status: Shipped", "Carrier: Australia Post"],
    "410200342": ["Status: Processing"],
    "410200343": ["Status: Picking", "express delivery"],
    "410200344": ["Status: Ready to collect", "to Click & Collect"],
    "410200345": ["Status: Processing", "to Click & Collect"],
    "410200346": ["Status: Out for delivery"],
    "410200347": ["Status: Delivered", "Left in a safe place"],
    "410200348": ["Target order", "Status: Shipped", "Carrier: StarTrack"],
    "410200349": ["Marketplace seller", "Status: Shipped"],
    "410200350": ["3 parcels", "Status: Delivered", "Status: Shipped", "Marketplace seller"],
    "410200351": ["2 parcels", "Status: Ready to collect", "Status: Shipped"],
    "410200352": ["was cancelled", "A refund of $99.00", "Status: Cancelled"],
    "410200353": ["2 parcels", "A refund of $15.00", "Status: Shipped", "Status: Cancelled"],
    "410200354": ["Status: Shipped", "running late"],
    "410200355": ["Status: unknown to me"],
    "410200356": ["Status: Delivered", 'Kmart order system says something else: "shipped"'],
    "410200357": [
        "Status: Out for delivery",
        'Kmart order system says something else: "delivered"',
    ],
    "410200358": ["Status: Delivery attempted"],
    "410200359": ["Status: Waiting for you at the carrier"],
    "410200360": ["Status: Returned to sender"],
    "410200361": ["Status: Shipped", "doesn't show this tracking number yet"],
    "410200362": ["Status: Shipped, with a possible delay", "running late"],
    "410200363": ["Target order", "Status: Collected"],
    "410200364": ["Status: Partly delivered"],
}
"""How each order stands, read off its data by a person."""

DEMOS = catalogue(utc_now())
MONTHS = "January February March April May June July August September October November December"
SPOKEN_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS.split())})")


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.order["number"])
def test_each_stated_fact_is_the_sandboxes(customer: Customer, demo: DemoOrder) -> None:
    order = order_from_json(demo.order)

    answer = customer.say(f"where is my order {order.number}? {order.contact.email}")

    missing = [fact for fact in facts_of(order) if fact not in answer.text]
    assert missing == []
    assert dates_told(answer) - dates_known(demo, order) == set()
    assert numbers_told(answer) <= numbers_known(order)


def facts_of(order: Order) -> Iterator[str]:
    """Yield what has to be read about an order."""
    yield order.number
    yield from TRUTH[order.number]
    for line in order.lines:
        yield line.name
        if line.seller.marketplace:
            yield line.seller.name
    for parcel in order.parcels:
        yield parcel.tracking_number or ""
    for store in {order.delivery.store, *(parcel.store for parcel in order.parcels)} - {None}:
        collected = any(parcel.status == "collected" for parcel in order.parcels)
        yield "" if collected else store.name  # type: ignore[union-attr]


def dates_told(answer: Answer) -> set[tuple[int, str]]:
    """Return the days of the year that an answer names."""
    return {(int(day), month) for day, month in SPOKEN_DATE.findall(answer.text)}


def dates_known(demo: DemoOrder, order: Order) -> set[tuple[int, str]]:
    """Return the days that order system and carriers speak of, and those of published times."""
    zone = zone_of(order)
    bodies = [demo.order, *demo.tracking.values()]
    texts = [text for body in bodies for text in strings_in(json.loads(json.dumps(body)))]
    days = [day for text in texts for day in days_in(text, zone)]
    return {(day.day, f"{day:%B}") for day in (*days, *days_published(order))}


def days_published(order: Order) -> Iterator[date]:
    """Yield the days that published times make of an order."""
    publications = Publications(Library.read(), NO_REGIONS)
    for parcel in order.parcels:
        method = method_of(order, parcel)
        eta = published_for(order, parcel, method, publications, utc_now()).eta
        if eta is not None:
            yield from filter(None, (eta.value.earliest, eta.value.day))


def strings_in(value: Any) -> Iterator[str]:
    """Yield every text of a JSON value."""
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from strings_in(item)
        case list():
            for item in value:
                yield from strings_in(item)


def days_in(text: str, zone: Any) -> list[date]:
    """Return the day of a date or time; nothing for other texts."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return [date.fromisoformat(text)]
    if re.match(r"\d{4}-\d{2}-\d{2}T", text):
        return [datetime.fromisoformat(text).astimezone(zone).date()]
    return []


def numbers_told(answer: Answer) -> set[str]:
    """Return what stands behind "Tracking number:"."""
    return set(re.findall(r"Tracking number: ([A-Z0-9]+)", answer.text))


def numbers_known(order: Order) -> set[str]:
    """Return the order's tracking numbers."""
    return {parcel.tracking_number for parcel in order.parcels if parcel.tracking_number}
