"""Words about a delay: what was announced to hold a parcel up, and until when nothing is late."""

from collections.abc import Iterator

from actions.detail_wording import DetailWording
from actions.order_topic import spoken_of
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.shown import is_shown
from actions.turn import Turn
from support.decisions.delay import expected_last
from support.decisions.disruptions import affecting
from support.decisions.order_status import ParcelStanding
from support.decisions.wanted_detail import Detail
from support.facts import Fact


def held_up(view: OrderView, standing: ParcelStanding, services: Services) -> Iterator[Say]:
    """Say what was announced last to hold a parcel up, where anything was."""
    address = view.order.delivery.address
    announced = affecting(
        services.disruptions.all(),
        carrier=standing.parcel.carrier,
        state=address.state if address else None,
        postcode=address.postcode if address else None,
        today=view.spoken.today,
    )
    for newest in announced[:1]:
        about = Fact(newest.about, newest.evidence)
        yield Say(ResponseKey.DELAY_DISRUPTION, facts={"about": about})


def not_late(turn: Turn, view: OrderView, services: Services) -> tuple[Say, ...]:
    """Say until when it is not late; of several parcels each one's day, once all was shown."""
    if len(view.standings) > 1 and is_shown(turn, view):
        words = DetailWording.of(view, services)
        return tuple(words.says(Detail.DATE, turn.text, only=spoken_of(turn, view)))
    return (_last_day(view),)


def _last_day(view: OrderView) -> Say:
    """Say until when it is not late; that nobody can tell, where there is no date."""
    last = expected_last(view.standings)
    if last is None:
        return Say(ResponseKey.DELAY_WITHOUT_DATE, checked=(view.found.told,))
    date = Fact(view.spoken.day(last.value.day), last.evidence)
    return Say(ResponseKey.DELAY_NOT_YET, facts={"date": date})
