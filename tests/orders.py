"""Orders for tests, built from a whole one by naming what differs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from support.systems.orders.models import Order

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
"""12:30 pm on Tuesday 24 November 2026 in Melbourne."""


def parcel_json(**different: Any) -> dict[str, Any]:
    """Return a parcel on its way with Australia Post, as JSON, changed where named."""
    return {
        "id": "P1",
        "items": [{"line_id": "1", "quantity": 1}],
        "status": "shipped",
        "status_at": "2026-11-19T15:00:00+11:00",
        "carrier": "australia_post",
        "tracking_number": "JDQ019457101000930308",
        "promised_by": "2026-11-25",
        "dispatched_at": "2026-11-19T15:00:00+11:00",
        "delivered_at": None,
    } | different


def order_json(*parcels: dict[str, Any], **different: Any) -> dict[str, Any]:
    """Return Sam's order of a kettle, as JSON, with these parcels, changed where named."""
    return {
        "number": "410200341",
        "brand": "kmart",
        "placed_at": "2026-11-18T09:12:00+11:00",
        "customer_id": "c-1001",
        "contact": {"first_name": "Sam", "email": "sam@example.com", "phone": "+61400000001"},
        "delivery": {
            "method": "standard",
            "address": {
                "line1": "1 Example St",
                "suburb": "Geelong",
                "state": "VIC",
                "postcode": "3220",
            },
            "store": None,
        },
        "lines": [line_json()],
        "parcels": list(parcels) if parcels else [parcel_json()],
        "cancelled_at": None,
        "refunds": [],
    } | different


def line_json(**different: Any) -> dict[str, Any]:
    """Return a line of one kettle, sold by Kmart, as JSON, changed where named."""
    return {
        "id": "1",
        "name": "Kettle",
        "sku": "43012345",
        "quantity": 1,
        "seller": {"id": "kmart", "name": "Kmart", "marketplace": False},
    } | different


def order(*parcels: dict[str, Any], **different: Any) -> Order:
    """Return Sam's order as a model."""
    return Order.model_validate(order_json(*parcels, **different))


def hours_ago(hours: float) -> datetime:
    """Return a time before `NOW`."""
    return NOW - timedelta(hours=hours)
