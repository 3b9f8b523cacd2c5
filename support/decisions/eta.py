"""When a parcel should come: the promise made at the checkout, else the carrier's own estimate."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from support.facts import Evidence, Fact
from support.systems.carriers.models import TrackingReport
from support.systems.orders.models import Parcel


class EtaBasis(StrEnum):
    """Whose date it is."""

    PROMISE = "promise"
    CARRIER = "carrier"


@dataclass(frozen=True, slots=True)
class Eta:
    """The last day by which a parcel should be there, and whether that day is over."""

    day: date
    basis: EtaBasis
    overdue: bool


def eta_of(
    parcel: Parcel,
    *,
    told: Evidence,
    report: TrackingReport | None,
    report_source: str,
    today: date,
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
    return None
