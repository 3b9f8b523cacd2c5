"""Meta's Graph API: one post, and what its refusals mean.

Source: Meta, "Cloud API: error codes" and "Messenger Platform: error codes".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import httpx
from pydantic import BaseModel, SecretStr, ValidationError

from support.systems.answers import retry_after
from support.systems.calls import recorded
from support.systems.errors import SystemRateLimited, SystemRefused, SystemUnreachable
from support.systems.messaging.errors import (
    MessageRejected,
    RecipientOptedOut,
    SendingUncertain,
    WindowClosed,
)
from support.systems.operations import Operation

_TIMEOUT: Final = httpx.Timeout(10.0, connect=3.0)
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

_WINDOW_CLOSED: Final = frozenset({131047, 2018278})
_OPTED_OUT: Final = frozenset({131050})
_TOO_MANY: Final = frozenset({4, 80007, 130429, 131048, 131056, 613})
_OURS_TO_MEND: Final = frozenset({0, 3, 10, 190, 131005, 131031, 133010})
"""Tokens, permissions and accounts, which staff put right: the message waits."""
_PASSING: Final = frozenset({1, 2, 131000, 131016, 133004})


class _Error(BaseModel):
    code: int = -1
    error_subcode: int | None = None


class _Refusal(BaseModel):
    error: _Error


@dataclass(frozen=True, slots=True)
class Graph:
    """Posts to one path of the Graph API. The client is the caller's, who closes it."""

    system: str
    client: httpx.AsyncClient
    url: str
    token: SecretStr

    async def post(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        """Post JSON; return a 2xx answer, or raise as `MessageSender.send` says."""
        with recorded(self.system, Operation.SEND_MESSAGE):
            return await self._posted(path, body)

    async def _posted(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        try:
            response = await self.client.post(
                f"{self.url.rstrip('/')}/{path}",
                json=body,
                headers={"Authorization": f"Bearer {self.token.get_secret_value()}"},
                timeout=_TIMEOUT,
            )
        except _NOT_SENT as error:
            raise SystemUnreachable(self.system, type(error).__name__) from error
        except httpx.HTTPError as error:
            raise SendingUncertain(self.system, type(error).__name__) from error
        if response.is_success:
            return response
        raise self._failure(response)

    def _failure(self, response: httpx.Response) -> Exception:
        codes = _codes(response)
        named = ", ".join(str(code) for code in sorted(codes))
        detail = f"status {response.status_code}, code {named or 'none'}"
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or codes & _TOO_MANY:
            return SystemRateLimited(self.system, detail, retry_after=retry_after(response))
        if codes & _WINDOW_CLOSED:
            return WindowClosed(self.system, detail, code=named)
        if codes & _OPTED_OUT:
            return RecipientOptedOut(self.system, detail, code=named)
        is_server = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        if is_server or not codes or codes & (_OURS_TO_MEND | _PASSING):
            return SystemRefused(self.system, detail)
        return MessageRejected(self.system, detail, code=named)


def _codes(response: httpx.Response) -> set[int]:
    try:
        error = _Refusal.model_validate_json(response.content).error
    except ValidationError:
        return set()
    return {code for code in (error.code, error.error_subcode) if code is not None and code >= 0}
