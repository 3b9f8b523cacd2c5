"""An order as it stands in one turn, and what a procedure says about it next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from actions.formatting import Spoken
from actions.questions import Matter
from actions.reply import Say
from support.decisions.order_status import ParcelStanding
from support.identification import LookedUpOrder
from support.ids import ParcelId
from support.systems.orders.models import Line, Order, Seller


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with its parcels as they stand now, and how its times are said."""

    found: LookedUpOrder
    standings: Sequence[ParcelStanding]
    spoken: Spoken

    @property
    def order(self) -> Order:
        """The order itself."""
        return self.found.order

    def standing(self, parcel_id: ParcelId | None) -> ParcelStanding | None:
        """Return how one parcel stands; None where the order has no such parcel."""
        return next((one for one in self.standings if one.parcel.id == parcel_id), None)

    def lines_in(self, standing: ParcelStanding) -> Iterator[Line]:
        """Yield what is in a parcel; all lines where the order system does not say."""
        ids = {item.line_id for item in standing.parcel.items}
        yield from (line for line in self.order.lines if not ids or line.id in ids)

    def marketplace_seller(self, standing: ParcelStanding) -> Seller | None:
        """Return the Marketplace seller who sent a parcel; None where none did."""
        sellers = (line.seller for line in self.lines_in(standing))
        return next((seller for seller in sellers if seller.marketplace), None)


@dataclass(frozen=True, slots=True)
class Step:
    """What a procedure says next. `matter` is the question it leaves open, None where none."""

    says: tuple[Say, ...] = ()
    matter: Matter | None = None

    def preceded_by(self, *says: Say) -> "Step":
        """Return this step with something said before it."""
        return replace(self, says=(*says, *self.says))

    def followed_by(self, other: "Step") -> "Step":
        """Return this step with another one after it, whose question is the open one."""
        return Step((*self.says, *other.says), other.matter)
