"""Asking an outside system over HTTP: time limits, one safe retry, errors translated.

Only for requests that may be repeated without harm: reads, and writes that carry an idempotency
key, which the system promises to carry out once.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final, TypeVar

import httpx
import stamina
from pydantic import BaseModel, ValidationError

from support.systems.errors import (
    SystemAnswerMalformed,
    SystemConflict,
    SystemFailure,
    SystemRateLimited,
    SystemRefused,
    SystemUnreachable,
)


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How long to wait, in seconds: to connect, for one try, and for everything with its retry."""

    connect: float = 1.0
    attempt: float = 2.5
    budget: float = 3.0

    def timeout(self) -> httpx.Timeout:
        """Return the limits of one try in httpx's terms."""
        return httpx.Timeout(self.attempt, connect=self.connect)


DEFAULT_LIMITS: Final = ReadLimits()
_ATTEMPTS: Final = 2
_PASSING: Final = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE}
_BROKEN_CONNECTION: Final = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout)


class _PassingFault(SystemRefused):
    """An answer of a system that is usually there again at once."""


@dataclass(frozen=True, slots=True)
class SystemClient:
    """Asks one system. `system` is its name in errors and logs."""

    system: str
    client: httpx.AsyncClient
    limits: ReadLimits = DEFAULT_LIMITS

    async def read(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
    ) -> httpx.Response:
        """Return a 2xx or 404 answer; raise a `SystemFailure` for everything else."""
        request = self.client.build_request(
            "GET", url, params=params, headers=headers, timeout=self.limits.timeout()
        )
        return await self._ask(request, auth)

    async def write(
        self,
        url: str,
        *,
        body: Mapping[str, Any],
        idempotency_key: str,
        headers: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
    ) -> httpx.Response:
        """Post JSON; return a 2xx or 404 answer; raise a `SystemFailure` for everything else.

        The key goes along as the header Idempotency-Key. After a failure it is not known whether
        the system did what it was asked.
        """
        request = self.client.build_request(
            "POST",
            url,
            json=body,
            headers={**(headers or {}), "Idempotency-Key": idempotency_key},
            timeout=self.limits.timeout(),
        )
        return await self._ask(request, auth)

    async def write_once(
        self,
        url: str,
        *,
        parts: Mapping[str, tuple[str | None, str, str]],
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Post a form to a system that knows no idempotency keys: never sent a second time.

        `parts` are (file name, content, content type) by name. Answers and errors are those of
        `write`.
        """
        request = self.client.build_request(
            "POST", url, files=parts, headers=headers, timeout=self.limits.timeout()
        )
        return await self._ask(request, None, attempts=1)

    async def _ask(
        self, request: httpx.Request, auth: httpx.Auth | None, *, attempts: int = _ATTEMPTS
    ) -> httpx.Response:
        try:
            async with asyncio.timeout(self.limits.budget):
                return await self._send_with_retry(request, auth, attempts)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise SystemUnreachable(self.system, "no answer in time") from error
        except httpx.DecodingError as error:
            raise SystemAnswerMalformed(self.system, "undecodable body") from error
        except httpx.HTTPError as error:
            raise SystemUnreachable(self.system, type(error).__name__) from error

    async def _send_with_retry(
        self, request: httpx.Request, auth: httpx.Auth | None, attempts: int
    ) -> httpx.Response:
        async for attempt in stamina.retry_context(
            on=(*_BROKEN_CONNECTION, _PassingFault),
            attempts=attempts,
            timeout=self.limits.budget,
            wait_initial=0.05,
            wait_max=0.2,
            wait_jitter=0.1,
        ):
            with attempt:
                response = await self.client.send(request, auth=auth, follow_redirects=False)
                self._raise_for(response)
        return response

    def _raise_for(self, response: httpx.Response) -> None:
        if response.is_success or response.status_code == HTTPStatus.NOT_FOUND:
            return
        raise self._failure(response)

    def _failure(self, response: httpx.Response) -> SystemFailure:
        detail = f"status {response.status_code}"
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            return SystemRateLimited(self.system, detail, retry_after=retry_after(response))
        if response.status_code == HTTPStatus.CONFLICT:
            return SystemConflict(self.system, detail)
        if response.status_code in _PASSING:
            return _PassingFault(self.system, detail)
        return SystemRefused(self.system, detail)


def retry_after(response: httpx.Response) -> timedelta | None:
    """Return what a Retry-After header asks for (seconds or a date), None where there is none."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value), _LONGEST_WAIT))
    try:
        wait = parsedate_to_datetime(value) - datetime.now(UTC)
    except (ValueError, TypeError):
        return None
    return min(max(wait, timedelta()), timedelta(seconds=_LONGEST_WAIT))


_LONGEST_WAIT: Final = 24 * 60 * 60
T = TypeVar("T", bound=BaseModel)


def answer_as(kind: type[T], response: httpx.Response, *, system: str) -> T:
    """Read a JSON answer; an absent optional field and a null one are the same.

    Raises `SystemAnswerMalformed`, which names the places that are wrong and never what was there.
    """
    try:
        return kind.model_validate(without_nulls(response.json()))
    except ValidationError as error:
        # The cause is left out on purpose: it repeats personal data.
        raise SystemAnswerMalformed(system, _places(error)) from None
    except (ValueError, RecursionError) as error:
        raise SystemAnswerMalformed(system, "no JSON") from error


def value_as(kind: type[T], value: object, *, system: str) -> T:
    """Read JSON that was decoded already, one entry of a list for instance, as `answer_as` does."""
    try:
        return kind.model_validate(without_nulls(value))
    except ValidationError as error:
        raise SystemAnswerMalformed(system, _places(error)) from None


def without_nulls(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON without what is null."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


def _places(error: ValidationError) -> str:
    return ", ".join(
        ".".join(map(str, problem["loc"])) or "body"
        for problem in error.errors(include_input=False, include_context=False, include_url=False)
    )
