"""Asks AfterShip's REST API about numbers of any carrier.

It knows the numbers that the shop has registered there. An answer that is 404 or an empty list
means that it knows none of those asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Final

import httpx

from support.systems.answers import retry_after
from support.systems.carriers.aftership.mapping import PENDING, carrier_of, slugs_of
from support.systems.carriers.aftership.models import Answer, Tracking, answer_from
from support.systems.carriers.aftership.reading import report_of
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked, Told
from support.systems.carriers.registry import normalised_carrier, normalised_number
from support.systems.errors import SystemAnswerMalformed, SystemRateLimited, SystemRefused
from support.systems.operations import Operation
from support.systems.requests import ReadLimits, SystemClient
from support.times import utc_now

LIMITS: Final = ReadLimits(connect=1.0, attempt=2.0, budget=2.0, attempts=1)
SYSTEM: Final = "aftership"
MOST_AT_ONCE: Final = 50
_MOST_TRACKINGS: Final = 200
_GOOD: Final = {None, "200"}


@dataclass(frozen=True, slots=True)
class AfterShipTracking:
    """Tracks any carrier's numbers. `url` has the version of the API at its end."""

    client: httpx.AsyncClient
    url: str
    key: str = field(repr=False)
    limits: ReadLimits = LIMITS
    now: Callable[[], datetime] = utc_now

    @property
    def system(self) -> str:
        """Return the name of the interface in errors."""
        return SYSTEM

    @property
    def most_at_once(self) -> int:
        """Return how many numbers one call may ask for."""
        return MOST_AT_ONCE

    @property
    def mixes_carriers(self) -> bool:
        """Return True."""
        return True

    async def track_all(self, asked: Sequence[Asked]) -> Mapping[Asked, Told]:
        """Return what AfterShip says about each of these numbers."""
        numbers = list(dict.fromkeys(one.number for one in asked))
        response = await SystemClient(SYSTEM, self.client, self.limits).read(
            self.url.rstrip("/") + "/trackings",
            params={"tracking_numbers": ",".join(numbers), "limit": str(_MOST_TRACKINGS)},
            headers={"as-api-key": self.key, "Accept": "application/json"},
            operation=Operation.TRACK_PARCELS,
        )
        trackings = _trackings(response)
        return {one: self._told(one, trackings) for one in asked}

    def _told(self, asked: Asked, trackings: Sequence[Tracking]) -> Told:
        named = [
            one for one in trackings if normalised_number(one.tracking_number or "") == asked.number
        ]
        fitting = [one for one in named if _is_of(one, asked)]
        # The same number at another carrier is another parcel; where none is named, it is this one.
        known = fitting or [one for one in named if not one.slug]
        told = next((one for one in known if one.tag != PENDING), None)
        if told is None:
            return TrackingNotFound(asked.carrier, asked.number)
        return report_of(told, carrier=asked.carrier, number=asked.number, now=self.now())


def _is_of(tracking: Tracking, asked: Asked) -> bool:
    named = normalised_carrier(carrier_of(tracking.slug))
    return named == asked.carrier or tracking.slug in slugs_of(asked.carrier)


def _trackings(response: httpx.Response) -> Sequence[Tracking]:
    try:
        answer = answer_from(response.json())
    except (ValueError, RecursionError) as error:  # pydantic's ValidationError is a ValueError
        raise SystemAnswerMalformed(SYSTEM, "no readable JSON") from error
    if answer is None:
        raise SystemAnswerMalformed(SYSTEM, "not a tracking answer")
    _raise_for(answer, response)
    if answer.data is not None and answer.data.trackings is not None:
        return answer.data.trackings
    if response.status_code == HTTPStatus.NOT_FOUND:
        return ()
    raise SystemAnswerMalformed(SYSTEM, "no list of trackings")


def _raise_for(answer: Answer, response: httpx.Response) -> None:
    code = answer.meta.code if answer.meta else None
    if code == "429":
        raise SystemRateLimited(SYSTEM, "said so", retry_after=retry_after(response))
    if code not in _GOOD and response.status_code != HTTPStatus.NOT_FOUND:
        raise SystemRefused(SYSTEM, f"code {code}")
