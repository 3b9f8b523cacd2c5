"""Whom to ask for another address: for each parcel of an order whoever has it now."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.order_view import OrderView
from actions.parcel_choice import named
from actions.responses import ResponseKey
from actions.turn import Turn
from support.decisions.address import CAN_BE_ASKED, Stage, deed_of, stage_of
from support.decisions.identity import Deed
from support.decisions.order_status import ParcelStanding, method_of
from support.ids import ParcelId
from support.systems.cases.models import CaseKind
from support.systems.orders.models import DeliveryMethod, Parcel, Seller

_POSSIBLE = {
    frozenset({Stage.NOT_DISPATCHED}): ResponseKey.ADDRESS_BEFORE_DISPATCH,
    frozenset({Stage.WITH_CARRIER}): ResponseKey.ADDRESS_AFTER_DISPATCH,
    frozenset({Stage.OUT_FOR_DELIVERY}): ResponseKey.ADDRESS_OUT_FOR_DELIVERY,
}


@dataclass(frozen=True, slots=True)
class Target:
    """A parcel that somebody can be asked about; without one, the order that is not packed yet."""

    stage: Stage
    parcel: Parcel | None = None
    seller: Seller | None = None
    """The Marketplace seller who sends it, if one does."""

    @property
    def parcel_id(self) -> ParcelId | None:
        """The parcel's id."""
        return self.parcel.id if self.parcel else None

    @property
    def kind(self) -> CaseKind:
        """What is opened to ask fulfilment or the carrier."""
        before = self.stage is Stage.NOT_DISPATCHED
        return CaseKind.ADDRESS_BEFORE_DISPATCH if before else CaseKind.CARRIER_REDIRECT

    @property
    def deed(self) -> Deed:
        """What asking about it is."""
        return deed_of(self.stage)


def targets_named(turn: Turn, view: OrderView) -> tuple[Target, ...]:
    """Return whom to ask about what: about the parcel that is named, else about all."""
    candidates = open_parcels(view)
    if not view.standings and not view.order.cancelled_at:
        return _before_packing(view)
    one = named(turn, view, candidates)
    return tuple(_target(view, standing) for standing in ([one] if one else candidates))


def targets_of(view: OrderView, parcel_id: ParcelId | None) -> tuple[Target, ...]:
    """Return whom to ask about this parcel, or about all; nobody, where it is too late."""
    if not view.standings and not view.order.cancelled_at:
        return _before_packing(view)
    wanted = [one for one in open_parcels(view) if parcel_id in (None, one.parcel.id)]
    return tuple(_target(view, standing) for standing in wanted)


def _before_packing(view: OrderView) -> tuple[Target, ...]:
    """Return the order as a whole: nothing of it has been put into a parcel yet."""
    collected = view.order.delivery.method is DeliveryMethod.CLICK_AND_COLLECT
    return () if collected else (Target(Stage.NOT_DISPATCHED),)


def open_parcels(view: OrderView) -> list[ParcelStanding]:
    """Return the parcels for which somebody can still be asked."""
    if view.order.cancelled_at:
        return []
    return [one for one in view.standings if stage_in(view, one) in CAN_BE_ASKED]


def _target(view: OrderView, standing: ParcelStanding) -> Target:
    return Target(stage_in(view, standing), standing.parcel, view.marketplace_seller(standing))


def stage_in(view: OrderView, standing: ParcelStanding) -> Stage:
    """Return how far a parcel of an order is."""
    method = method_of(view.order, standing.parcel)
    return stage_of(standing.parcel, standing.state.value, method)


def possible(targets: Sequence[Target]) -> ResponseKey:
    """Return what is said to be possible: of whom it can be asked."""
    if all(one.seller for one in targets):
        return ResponseKey.ADDRESS_WITH_SELLER
    stages = frozenset(one.stage for one in targets)
    return _POSSIBLE.get(stages, ResponseKey.ADDRESS_SEVERAL_STAGES)
