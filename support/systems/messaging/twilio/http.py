"""Twilio's REST API: one text message sent, or looked for.

Source: Twilio, "Message resource" (`POST` and `GET /2010-04-01/Accounts/{sid}/Messages.json`) and
the error dictionary.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

import httpx
from pydantic import SecretStr, ValidationError

from support.sms.segments import plain
from support.systems.answers import answer_as, retry_after
from support.systems.calls import recorded
from support.systems.errors import (
    SystemRateLimited,
    SystemRefused,
    SystemUnreachable,
)
from support.systems.messaging.errors import (
    MessageRejected,
    RecipientOptedOut,
    SendingUncertain,
)
from support.systems.messaging.models import OutgoingMessage
from support.systems.messaging.pieces import cut, with_numbers
from support.systems.messaging.twilio.models import CreatedMessage, MessageList, TwilioError
from support.systems.operations import Operation

SYSTEM: Final = "twilio"
_TIMEOUT: Final = httpx.Timeout(10.0, connect=3.0)
_CLOCKS_DIFFER_BY: Final = timedelta(seconds=30)
_OPTED_OUT: Final = 21610
_LONGEST_TEXT: Final = 1600
"""Characters, of which more are refused (21617)."""

_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """Who sends: `messaging_service` from its pool of numbers, else the number `sender`."""

    account_sid: str
    auth_token: SecretStr
    messaging_service: str | None = None
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class TwilioSms:
    """Sends text messages. The client is the caller's, who closes it."""

    client: httpx.AsyncClient
    url: str
    account: TwilioAccount
    status_callback: str | None = None
    _path: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        path = f"/2010-04-01/Accounts/{self.account.account_sid}/Messages.json"
        object.__setattr__(self, "_path", self.url.rstrip("/") + path)

    def pieces(self, message: OutgoingMessage) -> list[OutgoingMessage]:
        """Return a message as text messages say it: plain, with numbers for what can be chosen."""
        said = with_numbers(message)
        return cut(said.model_copy(update={"text": plain(said.text)}), _LONGEST_TEXT)

    async def send(self, message: OutgoingMessage) -> str:
        """Send one of the pieces; return its sid."""
        parameters = {"To": message.to, "Body": message.text, **self._sender()}
        if self.status_callback:
            parameters["StatusCallback"] = self.status_callback
        with recorded(SYSTEM, Operation.SEND_MESSAGE):
            response = await self._posted(parameters)
        return answer_as(CreatedMessage, response, system=SYSTEM).sid

    async def find(
        self, message: OutgoingMessage, *, since: datetime, known: frozenset[str]
    ) -> str | None:
        """Return the sid of a piece with this text to this number since then.

        Twilio has no idempotency keys, so it is recognised by what it says and when.
        """
        parameters = {
            "To": message.to,
            "DateSent>": since.astimezone(UTC).date().isoformat(),
            "PageSize": "50",
        }
        with recorded(SYSTEM, Operation.FIND_MESSAGE):
            response = await self._listed(parameters)
        listed = answer_as(MessageList, response, system=SYSTEM).messages
        earliest = since - _CLOCKS_DIFFER_BY
        for one in listed:
            same = one.body == message.text and one.to == message.to and one.sid not in known
            if same and (one.created is None or one.created >= earliest):
                return one.sid
        return None

    async def _posted(self, parameters: Mapping[str, str]) -> httpx.Response:
        try:
            response = await self.client.post(
                self._path, data=parameters, auth=self._auth(), timeout=_TIMEOUT
            )
        except _NOT_SENT as error:
            raise SystemUnreachable(SYSTEM, type(error).__name__) from error
        except httpx.HTTPError as error:
            raise SendingUncertain(SYSTEM, type(error).__name__) from error
        _raise_for(response)
        return response

    async def _listed(self, parameters: Mapping[str, str]) -> httpx.Response:
        try:
            response = await self.client.get(
                self._path, params=parameters, auth=self._auth(), timeout=_TIMEOUT
            )
        except httpx.HTTPError as error:
            raise SystemUnreachable(SYSTEM, type(error).__name__) from error
        _raise_for(response)
        return response

    def _sender(self) -> dict[str, str]:
        if self.account.messaging_service:
            return {"MessagingServiceSid": self.account.messaging_service}
        return {"From": self.account.sender or ""}

    def _auth(self) -> httpx.BasicAuth:
        token = self.account.auth_token.get_secret_value()
        return httpx.BasicAuth(self.account.account_sid, token)


def _raise_for(response: httpx.Response) -> None:
    """Raise what an answer other than a success means."""
    if response.is_success:
        return
    status, code = response.status_code, _code(response)
    detail = f"status {status}, code {code}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise SystemRateLimited(SYSTEM, detail, retry_after=retry_after(response))
    if code == _OPTED_OUT:
        raise RecipientOptedOut(SYSTEM, detail, code=str(code))
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
        # Our credentials or address are wrong, which staff put right: the message waits.
        raise SystemRefused(SYSTEM, detail)
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        raise MessageRejected(SYSTEM, detail, code=str(code))
    raise SystemRefused(SYSTEM, detail)


def _code(response: httpx.Response) -> int:
    try:
        return TwilioError.model_validate_json(response.content).code
    except ValidationError:
        return 0
