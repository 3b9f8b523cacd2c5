"""The demo's data: orders of every kind, and what the carriers say about them.

Times are counted from the moment they are asked for, so that "yesterday" stays yesterday.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sandbox.demo.combinations import combinations
from sandbox.demo.deliveries import deliveries
from sandbox.demo.pieces import DemoOrder, Json
from sandbox.demo.problems import problems
from support.ids import CarrierId, TrackingNumber
from support.systems.orders.models import Order
from support.systems.orders.payload import order_from_json


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """All of it: orders as JSON, carriers' answers as bytes."""

    orders: tuple[Json, ...]
    tracking: Mapping[tuple[CarrierId, TrackingNumber], bytes]


def catalogue(now: datetime) -> tuple[DemoOrder, ...]:
    """Return the demo orders by number, each with what it shows."""
    orders = (*deliveries(now), *combinations(now), *problems(now))
    return tuple(sorted(orders, key=lambda demo: str(demo.order["number"])))


def demo_world(now: datetime) -> DemoWorld:
    """Return what the sandbox starts with."""
    demos = catalogue(now)
    tracking = {
        place: json.dumps(body, indent=1).encode()
        for demo in demos
        for place, body in demo.tracking.items()
    }
    return DemoWorld(tuple(demo.order for demo in demos), tracking)


def demo_orders(now: datetime) -> tuple[Order, ...]:
    """Return the demo orders as the assistant reads them."""
    return tuple(order_from_json(demo.order) for demo in catalogue(now))
