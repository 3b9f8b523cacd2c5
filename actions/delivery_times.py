"""How long delivery takes as response keys, for questions that are about no order."""

from collections.abc import Iterator

from actions.reply import Say
from actions.responses import ResponseKey
from actions.turn import Turn
from support.decisions.delivery_time import DeliveryTime, delivery_time, region_time
from support.decisions.eta_question import places_asked
from support.decisions.published import Publications
from support.decisions.region import PlaceName, destination_of
from support.facts import Fact
from support.places.localities import Remoteness
from support.systems.orders.models import DeliveryMethod

_MOST_PLACES = 3


def places_in(turn: Turn) -> tuple[PlaceName, ...]:
    """Return the places that a message asks about."""
    suburbs = [
        PlaceName(one.value, one.state)
        for one in turn.entities
        if one.kind == "suburb" and not one.taken_back
    ]
    return places_asked(turn.text, suburbs, turn.said("postcode"))


def word_places(
    places: tuple[PlaceName, ...], method: DeliveryMethod, publications: Publications
) -> Iterator[Say]:
    """Yield the time to each place, and the times everywhere for those that are not known."""
    unknown = False
    for place in places[:_MOST_PLACES]:
        destination = destination_of(place, publications.regions)
        if destination is None:
            yield Say(ResponseKey.ETA_PLACE_UNKNOWN, words={"place": place.spoken})
            unknown = True
            continue
        time = delivery_time(publications.knowledge, method, destination)
        if time is None and method is DeliveryMethod.EXPRESS:
            yield Say(ResponseKey.ETA_EXPRESS_UNKNOWN)
            time = delivery_time(publications.knowledge, DeliveryMethod.STANDARD, destination)
        yield _time_to(place, time)
    if unknown:
        yield from word_everywhere(DeliveryMethod.STANDARD, publications)


def word_everywhere(method: DeliveryMethod, publications: Publications) -> Iterator[Say]:
    """Yield the times to each kind of place."""
    if method is DeliveryMethod.EXPRESS:
        yield Say(ResponseKey.ETA_EXPRESS_UNKNOWN)
    facts: dict[str, Fact[str]] = {}
    for region in Remoteness:
        span = region_time(publications.knowledge, DeliveryMethod.STANDARD, region)
        if span is None:
            yield Say(ResponseKey.ETA_TIMES_UNKNOWN)
            return
        facts[region.value] = Fact(span.value.spoken, span.evidence)
    yield Say(ResponseKey.ETA_EVERYWHERE, facts=facts)


def _time_to(place: PlaceName, time: Fact[DeliveryTime] | None) -> Say:
    if time is None:
        return Say(ResponseKey.ETA_TIMES_UNKNOWN)
    regions = time.value.regions
    key = ResponseKey.ETA_PLACE if len(regions) == 1 else ResponseKey.ETA_PLACE_AMBIGUOUS
    facts = {
        "span": time.value.span.spoken,
        "region": " or ".join(regions),
        "method": time.value.method.value,
    }
    return Say(
        key,
        facts={name: Fact(value, time.evidence) for name, value in facts.items()},
        words={"place": place.spoken},
    )
