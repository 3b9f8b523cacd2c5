"""How far a parcel has come on the way that every parcel of its kind takes. Pure.

Source of the steps: Kmart's agent procedure, "Common Order Status Definitions".
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from support.decisions.parcel_states import ParcelState


class Step(StrEnum):
    """A step of the way."""

    RECEIVED = "received"
    PICKING = "picking"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    READY_TO_COLLECT = "ready_to_collect"
    COLLECTED = "collected"


DELIVERED_HOME: Final = (
    Step.RECEIVED,
    Step.PICKING,
    Step.SHIPPED,
    Step.OUT_FOR_DELIVERY,
    Step.DELIVERED,
)
COLLECTED_IN_STORE: Final = (
    Step.RECEIVED,
    Step.PICKING,
    Step.READY_TO_COLLECT,
    Step.COLLECTED,
)

_REACHED_HOME: Final = MappingProxyType(
    {
        ParcelState.PROCESSING: Step.RECEIVED,
        ParcelState.PICKING: Step.PICKING,
        ParcelState.NOT_SCANNED_YET: Step.SHIPPED,
        ParcelState.SHIPPED: Step.SHIPPED,
        ParcelState.SCHEDULED: Step.SHIPPED,
        ParcelState.DELAYED: Step.SHIPPED,
        ParcelState.HELD: Step.SHIPPED,
        ParcelState.SPLIT: Step.SHIPPED,
        ParcelState.OUT_FOR_DELIVERY: Step.OUT_FOR_DELIVERY,
        ParcelState.ATTEMPTED: Step.OUT_FOR_DELIVERY,
        ParcelState.AWAITING_COLLECTION: Step.OUT_FOR_DELIVERY,
        ParcelState.PARTLY_DELIVERED: Step.OUT_FOR_DELIVERY,
        ParcelState.DELIVERED: Step.DELIVERED,
    }
)
_REACHED_IN_STORE: Final = MappingProxyType(
    {
        ParcelState.PROCESSING: Step.RECEIVED,
        ParcelState.PICKING: Step.PICKING,
        ParcelState.SHIPPED: Step.PICKING,
        ParcelState.OUT_FOR_DELIVERY: Step.PICKING,
        ParcelState.DELIVERED: Step.PICKING,
        ParcelState.READY_TO_COLLECT: Step.READY_TO_COLLECT,
        ParcelState.COLLECTED: Step.COLLECTED,
    }
)
"""What a carrier brings to the store is still being got ready for the customer."""

NEEDS_ATTENTION: Final = frozenset(
    {
        ParcelState.DELAYED,
        ParcelState.ATTEMPTED,
        ParcelState.AWAITING_COLLECTION,
        ParcelState.HELD,
        ParcelState.PARTLY_DELIVERED,
        ParcelState.FAILED,
        ParcelState.RETURNED,
        ParcelState.BOOKING_CANCELLED,
    }
)
"""States in which the way is not simply going on."""


@dataclass(frozen=True, slots=True)
class Journey:
    """The steps of the way, and the last one reached; None where the parcel is off the way."""

    steps: tuple[Step, ...]
    reached: Step | None
    needs_attention: bool

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON shows it: names of steps, and how many of them are reached."""
        done = self.steps.index(self.reached) + 1 if self.reached else 0
        return {
            "steps": [step.value for step in self.steps],
            "reached": done,
            "needs_attention": self.needs_attention,
        }


def journey_of(state: ParcelState, *, collected: bool) -> Journey:
    """Return how far a parcel in this state has come; `collected`: by the customer in a store.

    A cancelled or returned parcel, and one whose state is not known, is on no step: where it got
    to before that is not known either.
    """
    steps = COLLECTED_IN_STORE if collected else DELIVERED_HOME
    reached = (_REACHED_IN_STORE if collected else _REACHED_HOME).get(state)
    return Journey(steps, reached, state in NEEDS_ATTENTION)
