"""Asks Australia Post's tracking endpoint, for its own parcels and for StarTrack's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Final

import httpx

from support.ids import TrackingNumber
from support.systems.answers import retry_after
from support.systems.carriers.australia_post.models import Answer, Error, Result, answer_from
from support.systems.carriers.australia_post.reading import report_of
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked, Told
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemFailure,
    SystemRateLimited,
    SystemRefused,
)
from support.systems.operations import Operation
from support.systems.requests import ReadLimits, SystemClient
from support.times import utc_now

LIMITS: Final = ReadLimits(connect=1.0, attempt=2.0, budget=2.0, attempts=1)
"""Whoever counts the calls decides about a second try."""

MOST_AT_ONCE: Final = 10
CALLS_A_MINUTE: Final = 10
SYSTEM: Final = "australia_post"
_PATH: Final = "/shipping/v1/track"
# Codes as met in examples; the names are compared too because codes differ between products.
_NOT_FOUND: Final = (
    "esb-10001",
    "esb-10002",
    "invalid tracking id",
    "not found",
    "not trackable",
    "no tracking",
)
# "One or more of the numbers": of a single one only it says which.
_ANY_NOT_FOUND: Final = ("51104", "invalid_tracking_id")
_RATE_LIMITED: Final = ("api_002", "too many requests", "rate limit")


@dataclass(frozen=True, slots=True)
class AustraliaPostTracking:
    """Tracks both carriers' numbers.

    `url` is the interface's address without the path, `key` and `password` the credentials of the
    contract `account`. The client is the caller's, who closes it.
    """

    client: httpx.AsyncClient
    url: str
    account: str
    key: str = field(repr=False)
    password: str = field(repr=False)
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
        """Return False: the endpoint refuses numbers of both carriers in one call (51103)."""
        return False

    async def track_all(self, asked: Sequence[Asked]) -> Mapping[Asked, Told]:
        """Return what the endpoint says about each of these numbers."""
        numbers = list(dict.fromkeys(one.number for one in asked))
        response = await SystemClient(SYSTEM, self.client, self.limits).read(
            self.url.rstrip("/") + _PATH,
            params={"tracking_ids": ",".join(numbers)},
            headers={"Account-Number": self.account, "Accept": "application/json"},
            auth=httpx.BasicAuth(self.key, self.password),
            operation=Operation.TRACK_PARCELS,
        )
        answer = _answer(response)
        if len(numbers) == 1 and _any_is(answer.errors, _ANY_NOT_FOUND):
            return {one: TrackingNotFound(one.carrier, one.number) for one in asked}
        return {one: self._told(one, answer, response) for one in asked}

    def _told(self, asked: Asked, answer: Answer, response: httpx.Response) -> Told:
        results = [result for result in answer.tracking_results if _speaks_of(result, asked.number)]
        telling = [result for result in results if _tells_something(result)]
        # Asked for together, a consignment's result and its article's each speak of both.
        own = [one for one in telling if (one.tracking_id or "").upper() == asked.number.upper()]
        telling = own or telling
        if telling:
            return report_of(telling, carrier=asked.carrier, number=asked.number, now=self.now())
        errors = [error for result in results for error in _errors_of(result)]
        return _failure(errors or answer.errors, response, asked, found=bool(results))


def _failure(
    errors: Sequence[Error], response: httpx.Response, asked: Asked, *, found: bool
) -> TrackingNotFound | SystemFailure:
    if _any_is(errors, _RATE_LIMITED):
        return SystemRateLimited(SYSTEM, "said so", retry_after=retry_after(response))
    if _any_is(errors, _NOT_FOUND):
        return TrackingNotFound(asked.carrier, asked.number)
    if errors:
        return SystemRefused(SYSTEM, errors[0].code or "an error without a code")
    detail = "nothing about the number" if found else "not the number that was asked for"
    return SystemAnswerMalformed(SYSTEM, detail)


def _answer(response: httpx.Response) -> Answer:
    try:
        answer = answer_from(response.json())
    except (ValueError, RecursionError) as error:  # pydantic's ValidationError is a ValueError
        raise SystemAnswerMalformed(SYSTEM, "no readable JSON") from error
    if answer is None and response.status_code == HTTPStatus.NOT_FOUND:
        raise SystemRefused(SYSTEM, "404 that does not speak of a parcel")
    if answer is None:
        raise SystemAnswerMalformed(SYSTEM, "not a tracking answer")
    return answer


def _speaks_of(result: Result, number: TrackingNumber) -> bool:
    items = (*result.consignment, *result.trackable_items)
    nested = (inner for item in items for inner in item.items)
    ids = {
        result.tracking_id,
        *(
            item_id
            for item in (*items, *nested)
            for item_id in (item.article_id, item.consignment_id)
        ),
    }
    return number.upper() in {known.upper() for known in ids if known}


def _tells_something(result: Result) -> bool:
    return bool(result.status) or any(
        item.status or item.events or item.items
        for item in (*result.consignment, *result.trackable_items)
    )


def _errors_of(result: Result) -> list[Error]:
    inner = (item.errors for item in (*result.consignment, *result.trackable_items))
    return [*result.errors, *(error for errors in inner for error in errors)]


def _any_is(errors: Sequence[Error], signs: Sequence[str]) -> bool:
    texts = [f"{error.code} {error.name}".casefold() for error in errors]
    return any(sign in text for text in texts for sign in signs)
