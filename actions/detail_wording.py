"""One detail of an order as response keys with their facts: one bubble, line by line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from actions.formatting import Spoken, items_by_line, items_of, one_line, state_name
from actions.order_view import OrderView
from actions.order_wording import ended_and_refunded, introduction
from actions.parcel_answers import (
    CAME_TO_NOTHING,
    at_carrier,
    date,
    hold,
    is_at_carrier,
    meaning,
    state_and_scan,
    status,
)
from actions.parcel_wording import ParcelWording
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from support.decisions.identity import Deed, Level, may
from support.decisions.order_status import ParcelStanding, unpacked
from support.decisions.parcel_states import ParcelState
from support.decisions.wanted_detail import Detail, items_named, lines_named
from support.facts import Fact
from support.identification import LookedUpOrder
from support.knowledge.library import Library
from support.systems.carriers.interface import Carriers
from support.systems.orders.models import DeliveryMethod, Line

_MATCHED_ONLY = frozenset(
    {Detail.CONTENTS, Detail.ADDRESS, Detail.DELIVERY, Detail.SELLER, Detail.STORE}
)
_HANDED_OVER = frozenset(
    {ParcelState.DELIVERED, ParcelState.PARTLY_DELIVERED, ParcelState.COLLECTED}
)
_OF_EACH = {
    Detail.STATUS: status,
    Detail.DATE: date,
    Detail.HOLD: hold,
    Detail.MEANING: meaning,
}


def is_withheld(detail: Detail, level: Level) -> bool:
    """Say whether a detail needs more than the customer has shown."""
    return detail in _MATCHED_ONLY and not may(level, Deed.TELL_DETAILS)


@dataclass(frozen=True, slots=True)
class DetailWording:
    """Words single details of one order for one customer."""

    found: LookedUpOrder
    standings: Sequence[ParcelStanding]
    carriers: Carriers
    knowledge: Library
    spoken: Spoken

    @classmethod
    def of(cls, view: OrderView, services: Services) -> "DetailWording":
        """Return the wording for an order as it was looked up."""
        return cls(view.found, view.standings, services.carriers, services.knowledge, view.spoken)

    def says(self, detail: Detail, text: str, *, only: int = 0) -> Iterator[Say]:
        """Yield a detail. `only` is the parcel that is spoken of, counted from 1; 0 means all."""
        if is_withheld(detail, self.found.level):
            yield Say(ResponseKey.DETAIL_WITHHELD)
            return
        if detail is Detail.PLACED:
            yield introduction(self.found, self.spoken)
            return
        yield self._line(
            ResponseKey.DETAIL_ORDER, joins=False, order_number=self.found.order.number
        )
        if detail in _OF_EACH:
            yield from self._each_parcel(_OF_EACH[detail], only)
            return
        yield from self._one(detail, text, only)

    def _one(self, detail: Detail, text: str, only: int) -> Iterator[Say]:
        match detail:
            case Detail.CARRIER:
                yield from self._each_parcel(self._carrier, only)
            case Detail.DELIVERY:
                yield from self._each_parcel(self._delivery, only)
            case Detail.STORE:
                yield from self._store()
            case Detail.ADDRESS:
                yield self._address()
            case Detail.SELLER:
                yield self._sellers()
            case Detail.CONTENTS:
                yield from self._contents(text, only)
            case Detail.END:
                yield from self._end(only)

    def parcel(self, position: int) -> ParcelWording:
        """Return the wording of one parcel, counted from 1."""
        count = len(self.standings)
        standing = self.standings[position - 1]
        return ParcelWording(
            self.found, standing, self.carriers, self.knowledge, self.spoken, position, count
        )

    def _each_parcel(
        self, words: Callable[[ParcelWording], Iterator[Say]], only: int
    ) -> Iterator[Say]:
        if not self.standings:
            yield Say(ResponseKey.ORDER_NO_PARCELS, checked=(self.found.told,), joins=True)
        for position in self._positions(only):
            parcel = self.parcel(position)
            if len(self.standings) > 1:
                yield from (replace(say, joins=True) for say in parcel.title())
            yield from words(parcel)

    def _positions(self, only: int) -> Sequence[int]:
        return (only,) if 0 < only <= len(self.standings) else range(1, len(self.standings) + 1)

    def _carrier(self, parcel: ParcelWording) -> Iterator[Say]:
        known = tuple(parcel.carrier())
        none = Say(ResponseKey.DETAIL_NO_CARRIER, checked=(self.found.told,), joins=True)
        yield from known or (none,)

    def _delivery(self, parcel: ParcelWording) -> Iterator[Say]:
        if parcel.standing.state.value not in _HANDED_OVER:
            yield parcel.state()
            return
        told = tuple(parcel.when())
        keys = {say.key for say in told}
        if ResponseKey.PARCEL_DELIVERED_AT not in keys:
            yield parcel.state()
        yield from told
        if ResponseKey.PARCEL_PROOF_OF_DELIVERY not in keys:
            evidence = parcel.standing.state.evidence
            yield Say(ResponseKey.DETAIL_NO_PROOF, checked=(evidence,), joins=True)

    def _store(self) -> Iterator[Say]:
        if any(is_at_carrier(one) for one in self.standings):
            yield from self._each_parcel(at_carrier, 0)
            return
        parcels = [self.parcel(one) for one in self._positions(0)]
        stores = [say for one in parcels for say in (*one.where(), *one.store_phone())]
        none = Say(ResponseKey.DETAIL_NO_STORE, checked=(self.found.told,), joins=True)
        yield from stores or [none]

    def at_carrier(self) -> Iterator[Say]:
        """Yield where parcels wait that the carrier keeps for the customer, and what to bring."""
        yield self._line(
            ResponseKey.DETAIL_ORDER, joins=False, order_number=self.found.order.number
        )
        yield from self._each_parcel(at_carrier, 0)

    def _end(self, only: int) -> Iterator[Say]:
        """Yield how an order ended: cancelled, or on its way back; and nothing of why."""
        yield from ended_and_refunded(self.found, self.spoken)
        yield from self._each_parcel(state_and_scan, only)
        came_to_nothing = any(one.state.value in CAME_TO_NOTHING for one in self.standings)
        ended = self.found.order.cancelled_at is not None or came_to_nothing
        key = ResponseKey.DETAIL_WHY_UNKNOWN if ended else ResponseKey.DETAIL_NOT_ENDED
        yield Say(key, checked=(self.found.told,), joins=True)

    def _address(self) -> Say:
        delivery = self.found.order.delivery
        if delivery.method is DeliveryMethod.CLICK_AND_COLLECT and delivery.store:
            store = ", ".join(filter(None, (delivery.store.name, delivery.store.address)))
            return self._line(ResponseKey.DETAIL_STORE, store=store)
        address = one_line(delivery.address) if delivery.address else ""
        if address:
            return self._line(ResponseKey.DETAIL_ADDRESS, address=address)
        return Say(ResponseKey.DETAIL_NO_ADDRESS, checked=(self.found.told,), joins=True)

    def _sellers(self) -> Say:
        names = dict.fromkeys(line.seller.name for line in self.found.order.lines)
        return self._line(ResponseKey.DETAIL_SELLERS, sellers=", ".join(names))

    def _contents(self, text: str, only: int) -> Iterator[Say]:
        named = lines_named(text, self.found.order.lines)
        if named:
            for line in named:
                yield from self._whereabouts(line)
            return
        if items := items_named(text):
            yield Say(
                ResponseKey.DETAIL_ITEM_NOT_ON_ORDER,
                words={"item": ", ".join(items)},
                checked=(self.found.told,),
                joins=True,
            )
        for position in self._positions(only):
            yield self._parcel_contents(position)
        if not only:
            yield from self._not_packed()

    def _whereabouts(self, line: Line) -> Iterator[Say]:
        """Yield which parcels hold a line, and how those stand."""
        holding = {
            position: held
            for position, standing in enumerate(self.standings, start=1)
            if (
                held := sum(one.quantity for one in standing.parcel.items if one.line_id == line.id)
            )
        }
        for position, held in holding.items():
            state = self.standings[position - 1].state
            several = len(self.standings) > 1
            yield Say(
                ResponseKey.DETAIL_ITEM if several else ResponseKey.DETAIL_ONLY_ITEM,
                facts={
                    "item": Fact(items_by_line([(line, held)]), self.found.told),
                    "state": Fact(state_name(state.value), state.evidence),
                },
                words={"position": str(position), "count": str(len(self.standings))},
                joins=True,
            )
        if not holding:
            item = items_by_line([(line, line.quantity)])
            yield self._line(ResponseKey.DETAIL_ITEM_NOT_PACKED, item=item)

    def _parcel_contents(self, position: int) -> Say:
        standing = self.standings[position - 1]
        items = items_of(standing.parcel, self.found.order)
        facts = {"state": Fact(state_name(standing.state.value), standing.state.evidence)}
        key = ResponseKey.DETAIL_PARCEL_WITHOUT_ITEMS
        if items:
            several = len(self.standings) > 1
            key = ResponseKey.DETAIL_PARCEL if several else ResponseKey.DETAIL_ITEMS
            facts["items"] = Fact(items, self.found.told)
        words = {"position": str(position), "count": str(len(self.standings))}
        return Say(key, facts=facts, words=words, joins=True)

    def _not_packed(self) -> Iterator[Say]:
        order = self.found.order
        lines = {line.id: line for line in order.lines}
        waiting = [(lines[one.line_id], one.quantity) for one in unpacked(order)]
        if waiting and order.cancelled_at is None:
            yield self._line(ResponseKey.ORDER_NOT_PACKED, items=items_by_line(waiting))

    def _line(self, key: ResponseKey, *, joins: bool = True, **facts: str) -> Say:
        evidence = self.found.told
        stated = {name: Fact(value, evidence) for name, value in facts.items()}
        return Say(key, facts=stated, joins=joins)
