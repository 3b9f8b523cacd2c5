"""Topics that are answered with the facts of an order, and what each adds to them."""

from collections.abc import Iterable, Sequence

from actions.formatting import Spoken
from actions.history_wording import word_history
from actions.order_topic import OrderTopic, Told
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.order_status import ParcelStanding, all_finished, method_of
from support.decisions.outlook import Outlook, outlook_of
from support.decisions.parcel_states import STILL_COMING, ParcelState
from support.decisions.tracking import stands_still
from support.facts import Evidence, Fact
from support.identification import LookedUpOrder
from support.systems.orders.models import DeliveryMethod, Order
from support.times import zone_of

_NEXT = {
    Outlook.LATE: ResponseKey.NEXT_LATE,
    Outlook.ARRIVED: ResponseKey.NEXT_ARRIVED,
    Outlook.TROUBLE_AT_CARRIER: ResponseKey.NEXT_TROUBLE_AT_CARRIER,
    Outlook.COMING: ResponseKey.NEXT_COMING,
    Outlook.NOT_SENT: ResponseKey.NEXT_NOT_SENT,
}
PROBLEM_WITH_DELIVERY = "problem_with_delivery"
"""What "yes" means after something arrived: there is a problem, but not yet which."""

_OFFERED = {
    Outlook.LATE: "delivery_delayed",
    Outlook.ARRIVED: PROBLEM_WITH_DELIVERY,
    Outlook.TROUBLE_AT_CARRIER: "check_tracking",
}
_NOT_DISPATCHED = {ParcelState.PROCESSING, ParcelState.PICKING, ParcelState.NOT_SCANNED_YET}
_SAID_TO_BE_THERE = {
    ParcelState.DELIVERED,
    ParcelState.PARTLY_DELIVERED,
    ParcelState.COLLECTED,
    ParcelState.READY_TO_COLLECT,
}


class StatusTopic(OrderTopic):
    """A topic whose answer is the facts themselves; it adds what can be asked next."""

    def tell(self, turn: Turn, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Told:
        """Return how the whole order stands, and what a "yes" to the last question means."""
        told = super().tell(turn, found, standings)
        return Told(told.says, _OFFERED.get(outlook_of(standings)))

    def add(self, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Iterable[Say]:
        """Offer what is open as things stand."""
        del found
        key = _NEXT.get(outlook_of(standings))
        return (Say(key),) if key else ()


class OrderStatus(StatusTopic):
    """The customer asks where an order is."""

    action_name = "action_order_status"
    topic = Topic.ORDER_STATUS


class EtaQuestion(StatusTopic):
    """The customer asks when it will come. Every parcel's date is among the facts."""

    action_name = "action_eta"
    topic = Topic.ETA


class TrackingHistory(OrderTopic):
    """The customer wants to follow a parcel: every scan so far, newest first."""

    action_name = "action_tracking_history"
    topic = Topic.TRACKING_HISTORY

    def add(self, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Iterable[Say]:
        """List the scans of each parcel that has any."""
        spoken = Spoken(zone_of(found.order), self.services.now())
        reports = [standing.report for standing in standings if standing.report]
        for report in reports:
            if report.events:
                carrier = self.services.carriers.profile(report.carrier)
                yield from word_history(report, carrier, spoken)
        if not any(report.events for report in reports):
            yield Say(ResponseKey.TRACKING_HISTORY_EMPTY)


class TrackingTrouble(OrderTopic):
    """Tracking does not move, or there is none."""

    action_name = "action_tracking_trouble"
    topic = Topic.TRACKING

    def add(self, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Iterable[Say]:
        """Say why: nothing is dispatched yet, scans take their time, or they take too long."""
        coming = [one for one in standings if one.state.value in STILL_COMING]
        if any(one.state.value in _NOT_DISPATCHED for one in coming):
            yield Say(ResponseKey.TRACKING_AFTER_DISPATCH)
        now = self.services.now()
        report = stands_still(coming, now=now)
        if report is not None:
            carrier = self.services.carriers.profile(report.carrier).name
            at = Spoken(zone_of(found.order), now).time(report.events[0].at)
            told = Evidence(carrier, report.looked_up_at)
            yield Say(ResponseKey.TRACKING_STUCK, facts={"at": Fact(at, told)})
        elif any(one.parcel.tracking_number for one in coming):
            yield Say(ResponseKey.TRACKING_WAIT)


class MissingParcel(OrderTopic):
    """It says delivered, but it is not here."""

    action_name = "action_missing_parcel"
    topic = Topic.MISSING_PARCEL

    def add(self, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Iterable[Say]:
        """List what to check first, or say why nothing is missing yet."""
        arrived = [one for one in standings if _is_said_to_be_there(one)]
        if arrived:
            yield from _what_to_check(found.order, arrived)
        elif any(one.state.value in STILL_COMING for one in standings):
            yield Say(ResponseKey.MISSING_PARCEL_NOT_DELIVERED)
        elif all(one.state.value is ParcelState.CANCELLED for one in standings):
            yield Say(ResponseKey.MISSING_PARCEL_CANCELLED)


def _is_said_to_be_there(standing: ParcelStanding) -> bool:
    other = standing.other.state.value if standing.other else None
    return bool({standing.state.value, other} & _SAID_TO_BE_THERE)


def _what_to_check(order: Order, arrived: Sequence[ParcelStanding]) -> Iterable[Say]:
    """Return what to say about parcels that should be there, each only once."""
    keys = {
        ResponseKey.MISSING_PARCEL_STORE
        if method_of(order, one.parcel) is DeliveryMethod.CLICK_AND_COLLECT
        else ResponseKey.MISSING_PARCEL_CHECKS
        for one in arrived
    }
    yield from (Say(key) for key in sorted(keys))
    if any(line.seller.marketplace for line in order.lines):
        yield Say(ResponseKey.MISSING_PARCEL_SELLER)


class MissingItems(OrderTopic):
    """Part of the order is missing, or came broken."""

    action_name = "action_missing_items"
    topic = Topic.MISSING_ITEMS

    def add(self, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Iterable[Say]:
        """Say that other parcels are still coming, and who settles the rest."""
        del found
        if not all_finished(standings):
            yield Say(ResponseKey.MISSING_ITEMS_OTHER_PARCELS)
        yield Say(ResponseKey.MISSING_ITEMS_ADVICE)


class WrongAddress(OrderTopic):
    """The order goes to the wrong address."""

    action_name = "action_wrong_address"
    topic = Topic.ADDRESS

    def add(self, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Iterable[Say]:
        """Say what is possible before and after dispatch."""
        coming = {one.state.value for one in standings} & (STILL_COMING | {ParcelState.HELD})
        if found.order.cancelled_at or (standings and not coming):
            yield Say(ResponseKey.ADDRESS_NOTHING_ON_ITS_WAY)
        elif coming - _NOT_DISPATCHED:
            yield Say(ResponseKey.ADDRESS_AFTER_DISPATCH)
        else:
            yield Say(ResponseKey.ADDRESS_BEFORE_DISPATCH)


class DeliveryDelayed(OrderTopic):
    """It is late."""

    action_name = "action_delivery_delayed"
    topic = Topic.DELAY

    def add(self, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Iterable[Say]:
        """Say what can be asked for when it is overdue; what to check where it should be there.

        "It still hasn't come" about a delivered order means that it cannot be found.
        """
        if any(one.eta and one.eta.value.overdue for one in standings):
            yield Say(ResponseKey.DELAY_ADVICE)
        elif standings and all(_is_said_to_be_there(one) for one in standings):
            yield from _what_to_check(found.order, standings)


class ClickAndCollect(StatusTopic):
    """About collecting from a store. Store, hours and readiness are among the facts."""

    action_name = "action_click_and_collect"
    topic = Topic.CLICK_AND_COLLECT


class MarketplaceOrder(OrderTopic):
    """About something that a Marketplace seller sells."""

    action_name = "action_marketplace"
    topic = Topic.MARKETPLACE

    def add(self, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Iterable[Say]:
        """Say whose carriers and times apply."""
        del standings
        sold_by_others = any(line.seller.marketplace for line in found.order.lines)
        yield Say(ResponseKey.MARKETPLACE_ADVICE if sold_by_others else ResponseKey.NOT_MARKETPLACE)


ORDER_TOPICS: tuple[type[OrderTopic], ...] = (
    OrderStatus,
    EtaQuestion,
    TrackingHistory,
    TrackingTrouble,
    MissingParcel,
    MissingItems,
    WrongAddress,
    DeliveryDelayed,
    ClickAndCollect,
    MarketplaceOrder,
)
