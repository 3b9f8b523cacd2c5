"""Every scan of a parcel as response keys with their facts: one bubble, a line a scan."""

from collections.abc import Iterator

from actions.formatting import Spoken
from actions.reply import Say
from actions.responses import ResponseKey
from support.facts import Evidence, Fact
from support.systems.carriers.models import CarrierProfile, TrackingEvent, TrackingReport

MOST_SCANS = 15


def word_history(report: TrackingReport, carrier: CarrierProfile, spoken: Spoken) -> Iterator[Say]:
    """Yield a parcel's scans, newest first, the oldest left out where there are very many."""
    told = Evidence(carrier.name, report.looked_up_at)
    facts = {"carrier": carrier.name, "tracking_number": str(report.number)}
    yield Say(
        ResponseKey.TRACKING_HISTORY, {name: Fact(value, told) for name, value in facts.items()}
    )
    for event in report.events[:MOST_SCANS]:
        yield _scan(event, told, spoken)


def _scan(event: TrackingEvent, told: Evidence, spoken: Spoken) -> Say:
    facts = {"scan": event.description, "at": spoken.time(event.at)}
    key = ResponseKey.TRACKING_HISTORY_EVENT_WITHOUT_PLACE
    if event.location:
        key = ResponseKey.TRACKING_HISTORY_EVENT
        facts["place"] = event.location
    return Say(key, {name: Fact(value, told) for name, value in facts.items()}, joins=True)
