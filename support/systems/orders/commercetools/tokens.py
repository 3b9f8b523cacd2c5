"""commercetools' access tokens: OAuth client credentials, kept until they end, renewed on a 401."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

import httpx
from pydantic import BaseModel, Field

from support.systems.answers import answer_as, retry_after
from support.systems.errors import SystemRateLimited, SystemRefused
from support.times import utc_now

SYSTEM: Final = "orders"
_EARLY: Final = timedelta(minutes=1)


class _Token(BaseModel):
    access_token: str = Field(min_length=1)
    expires_in: int = Field(ge=0)


class ClientCredentials(httpx.Auth):
    """Puts a token on each request. One is asked for at a time, whoever needs it.

    Raises `SystemRefused` where the client is not accepted, `SystemRateLimited` where tokens are
    asked for too often.
    """

    def __init__(
        self,
        url: str,
        *,
        client_id: str,
        client_secret: str,
        scope: str = "",
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._url = url.rstrip("/") + "/oauth/token"
        self._basic = httpx.BasicAuth(client_id, client_secret)
        self._scope = scope
        self._now = now
        self._token = ""
        self._until = datetime.min.replace(tzinfo=now().tzinfo)
        self._lock = asyncio.Lock()

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Send the request with a token; after a 401 once more, with a new one."""
        for _ in range(2):
            async with self._lock:
                if self._now() >= self._until:
                    answer = yield self._question()
                    await answer.aread()
                    self._keep(answer)
                token = self._token
            request.headers["Authorization"] = f"Bearer {token}"
            response = yield request
            if response.status_code != HTTPStatus.UNAUTHORIZED:
                return
            await response.aread()
            self._forget(token)

    def _question(self) -> httpx.Request:
        form = {"grant_type": "client_credentials"} | (
            {"scope": self._scope} if self._scope else {}
        )
        request = httpx.Request("POST", self._url, data=form)
        return next(self._basic.sync_auth_flow(request))

    def _keep(self, response: httpx.Response) -> None:
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise SystemRateLimited(SYSTEM, "tokens", retry_after=retry_after(response))
        if not response.is_success:
            raise SystemRefused(SYSTEM, f"no token, status {response.status_code}")
        told = answer_as(_Token, response, system=SYSTEM)
        self._token = told.access_token
        self._until = self._now() + timedelta(seconds=told.expires_in) - _EARLY

    def _forget(self, token: str) -> None:
        if token == self._token:
            self._until = datetime.min.replace(tzinfo=self._until.tzinfo)
