"""Facts: values that are told to customers, each with who said it and when.

Whatever a reply states about an order is a `Fact`. The evidence shown beside the reply is
gathered from the facts in it, so a claim without a source cannot be worded.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who said something, and when we were told.

    `source` is a name a customer understands ("Kmart order system", "Australia Post").
    `at` is the aware time of the look-up (not of the event that the source speaks of).
    """

    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value together with the evidence for it."""

    value: T
    evidence: Evidence
