"""When a parcel should come: by the checkout's promise, else the carrier, else published times."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from support.facts import Evidence, Fact
from support.systems.carriers.models import TrackingReport
from support.systems.orders.models import Parcel


class EtaBasis(StrEnum):
    """Whose date it is. PUBLISHED is worked out from published times, which promise nothing."""

    PROMISE = "promise"
    CARRIER = "carrier"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Eta:
    """The last day by which a parcel should be there, and whether that day is over.

    `earliest` is the first such day where a range is known; never after `day`.
    """

    day: date
    basis: EtaBasis
    overdue: bool
    earliest: date | None = None


def eta_of(
    parcel: Parcel,
    *,
    told: Evidence,
    report: TrackingReport | None,
    report_source: str,
    today: date,
    published: Fact[Eta] | None = None,
) -> Fact[Eta] | None:
    """Return the date to tell, or None where nobody has given one. `today` is the local date.

    A promise that has passed gives way to a carrier's later estimate only as a second fact: the
    parcel is overdue all the same, and is said to be.
    """
    if parcel.promised_by is not None:
        return Fact(Eta(parcel.promised_by, EtaBasis.PROMISE, parcel.promised_by < today), told)
    if report is not None and report.estimated_delivery is not None:
        day = report.estimated_delivery
        evidence = Evidence(report_source, report.looked_up_at)
        return Fact(Eta(day, EtaBasis.CARRIER, day < today), evidence)
    return published
