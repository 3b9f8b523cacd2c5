"""Asking an outside system over HTTP: time limits, one safe retry, errors translated.

Each call is recorded, and not made at all while its system is out of order.

Only for requests that may be repeated without harm: reads, and writes that carry an idempotency
key, which the system promises to carry out once.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import httpx
import stamina

from support.systems.answers import retry_after
from support.systems.breakers import breakers_of
from support.systems.calls import Outcome, recorded
from support.systems.deadline import seconds_left
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemConflict,
    SystemFailure,
    SystemOutOfOrder,
    SystemRateLimited,
    SystemRefused,
    SystemUnreachable,
)
from support.systems.operations import Operation
from support.systems.whole_answers import AnswerTooLarge, whole


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How long to wait, in seconds: to connect, for one try, and for everything with its retry.

    `attempts` is how often it is tried at most.
    """

    connect: float = 1.0
    attempt: float = 2.5
    budget: float = 3.0
    attempts: int = 2

    def timeout(self) -> httpx.Timeout:
        """Return the limits of one try in httpx's terms."""
        return httpx.Timeout(self.attempt, connect=self.connect)


DEFAULT_LIMITS: Final = ReadLimits()
_LEAST_SECONDS: Final = 0.1
"""With less time than that left for the reply, nothing is asked any more."""
_PASSING: Final = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE}
_BROKEN_CONNECTION: Final = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout)


class _PassingFault(SystemOutOfOrder):
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
        operation: Operation,
    ) -> httpx.Response:
        """Return a 2xx or 404 answer; raise a `SystemFailure` for everything else."""
        request = self.client.build_request(
            "GET", url, params=params, headers=headers, timeout=self.limits.timeout()
        )
        return await self._recorded(request, auth, operation)

    async def write(
        self,
        url: str,
        *,
        body: Mapping[str, Any],
        idempotency_key: str,
        headers: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
        operation: Operation,
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
        return await self._recorded(request, auth, operation)

    async def write_once(
        self,
        url: str,
        *,
        parts: Mapping[str, tuple[str | None, str, str]],
        headers: Mapping[str, str] | None = None,
        operation: Operation,
    ) -> httpx.Response:
        """Post a form to a system that knows no idempotency keys: never sent a second time.

        `parts` are (file name, content, content type) by name. Answers and errors are those of
        `write`.
        """
        request = self.client.build_request(
            "POST", url, files=parts, headers=headers, timeout=self.limits.timeout()
        )
        return await self._recorded(request, None, operation, attempts=1)

    async def put_once(
        self,
        url: str,
        *,
        body: Mapping[str, Any],
        headers: Mapping[str, str] | None = None,
        operation: Operation,
    ) -> httpx.Response:
        """Put JSON to a system that knows no idempotency keys: never sent a second time."""
        request = self.client.build_request(
            "PUT", url, json=body, headers=headers, timeout=self.limits.timeout()
        )
        return await self._recorded(request, None, operation, attempts=1)

    async def _recorded(
        self,
        request: httpx.Request,
        auth: httpx.Auth | None,
        operation: Operation,
        *,
        attempts: int | None = None,
    ) -> httpx.Response:
        with recorded(self.system, operation) as going:
            response = await self._ask(request, auth, attempts or self.limits.attempts)
            if response.status_code == HTTPStatus.NOT_FOUND:
                going.outcome = Outcome.NOT_FOUND
        return response

    async def _ask(
        self, request: httpx.Request, auth: httpx.Auth | None, attempts: int
    ) -> httpx.Response:
        seconds = min(self.limits.budget, seconds_left())
        if seconds < _LEAST_SECONDS:
            raise SystemUnreachable(self.system, "no time left for this reply")
        async with breakers_of(self.client).guard(self.system):
            return await self._translated(request, auth, seconds, attempts)

    async def _translated(
        self, request: httpx.Request, auth: httpx.Auth | None, seconds: float, attempts: int
    ) -> httpx.Response:
        try:
            async with asyncio.timeout(seconds):
                return await self._send_with_retry(request, auth, attempts)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise SystemUnreachable(self.system, "no answer in time") from error
        except (httpx.DecodingError, AnswerTooLarge) as error:
            raise SystemAnswerMalformed(self.system, "undecodable or too large a body") from error
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
                sent = await self.client.send(
                    request, auth=auth, follow_redirects=False, stream=True
                )
                response = await whole(sent)
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
        if response.is_server_error:
            return SystemOutOfOrder(self.system, detail)
        return SystemRefused(self.system, detail)
