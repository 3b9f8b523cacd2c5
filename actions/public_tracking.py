"""What a carrier shows to anybody who has the tracking number: status, last scan and link.

Nothing of the order is looked up for it, so nothing of it can be told: no items, no price, no
address, no names.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from actions.formatting import Spoken, state_name
from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.carrier_of_number import carriers_that_fit
from support.decisions.parcel_states import FROM_CARRIER, ParcelState
from support.facts import Evidence, Fact
from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.errors import CarrierNotConnected, TrackingNotFound
from support.systems.carriers.interface import Carriers
from support.systems.carriers.models import TrackingReport
from support.systems.errors import SystemFailure
from support.times import zone_of_state


async def public_report(
    number: TrackingNumber, among: Sequence[CarrierId], carriers: Carriers
) -> TrackingReport | None:
    """Return what the first of these that knows the number says; None where none of them tells."""
    for carrier in among:
        try:
            return await carriers.track(carrier, number)
        except (TrackingNotFound, CarrierNotConnected, SystemFailure):
            continue
    return None


def word_not_shown(carrier: CarrierId, number: TrackingNumber, carriers: Carriers) -> Say:
    """Say that a carrier shows nothing, and where the customer can look."""
    profile = carriers.profile(carrier)
    words = {"tracking_number": str(number), "carrier": profile.name}
    link = profile.tracking_link(number)
    if link is None:
        return Say(ResponseKey.TRACKING_AT_CARRIER_WITHOUT_LINK, words=words)
    return Say(ResponseKey.TRACKING_AT_CARRIER, words={**words, "link": link})


def word_links(number: TrackingNumber, carriers: Carriers) -> Say:
    """Say where a number can be followed that no carrier shows, by its shape alone."""
    words = {"tracking_number": str(number)}
    profiles = [carriers.profile(carrier) for carrier in carriers_that_fit(number)]
    linked = [profile for profile in profiles if profile.tracking_link(number)]
    if not linked:
        return Say(ResponseKey.TRACKING_NUMBER_UNKNOWN_SHAPE, words=words)
    words["carrier"] = linked[0].name
    words["link"] = linked[0].tracking_link(number) or ""
    if len(linked) == 1:
        return Say(ResponseKey.TRACKING_LINK, words=words)
    words["other_carrier"] = linked[1].name
    words["other_link"] = linked[1].tracking_link(number) or ""
    return Say(ResponseKey.TRACKING_LINKS, words=words)


def word_public(report: TrackingReport, carriers: Carriers, now: datetime) -> Iterator[Say]:
    """Yield a carrier's report, without its note on who took the parcel.

    Where the parcel goes is not known here, so times are Melbourne's and said to be.
    """
    spoken = Spoken(zone_of_state(None), now)
    profile = carriers.profile(report.carrier)
    told = Evidence(profile.name, report.looked_up_at)
    state = FROM_CARRIER[report.status]
    facts = {"carrier": profile.name, "tracking_number": str(report.number)}
    key = ResponseKey.TRACKING_PUBLIC_UNCLEAR
    if state is not ParcelState.UNCLEAR:
        key, facts["state"] = ResponseKey.TRACKING_PUBLIC, state_name(state)
    yield Say(key, facts={name: Fact(value, told) for name, value in facts.items()})
    yield from _scan(report, told, spoken)
    if report.is_stale:
        stale = {"carrier": profile.name, "at": spoken.time(report.looked_up_at)}
        yield Say(
            ResponseKey.TRACKING_PUBLIC_STALE,
            facts={name: Fact(value, told) for name, value in stale.items()},
            joins=True,
        )
    if link := profile.tracking_link(report.number):
        yield Say(ResponseKey.TRACKING_PUBLIC_LINK, facts={"link": Fact(link, told)}, joins=True)


def _scan(report: TrackingReport, told: Evidence, spoken: Spoken) -> Iterator[Say]:
    scan = next(iter(report.events), None)
    if scan is None:
        return
    facts = {"scan": scan.description, "at": spoken.time(scan.at)}
    key = ResponseKey.TRACKING_PUBLIC_SCAN_WITHOUT_PLACE
    if scan.location:
        key, facts["place"] = ResponseKey.TRACKING_PUBLIC_SCAN, scan.location
    yield Say(key, facts={name: Fact(value, told) for name, value in facts.items()}, joins=True)
