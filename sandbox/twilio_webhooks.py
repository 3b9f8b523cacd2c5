"""What Twilio posts to us: text messages that came in, and how those that we sent fare. Signed.

Source: Twilio, "Messaging webhooks" and "Webhooks security".
"""

from dataclasses import dataclass
from typing import Final

import httpx
import structlog
from pydantic import SecretStr

from sandbox.text_book import SentText, TextBook, new_sid
from sandbox.twilio_rules import NUMBER, SERVICE
from support.systems.messaging.twilio.signature import signature

log = structlog.get_logger("sandbox.twilio")

_TIMEOUT: Final = httpx.Timeout(15.0)
"""How long Twilio waits for an answer."""


@dataclass(frozen=True, slots=True)
class TwilioWebhooks:
    """Posts to our gateway as the account would. `transport` is for tests."""

    account: str
    auth_token: SecretStr
    inbound_url: str
    transport: httpx.AsyncBaseTransport | None = None

    async def receive(
        self, book: TextBook, phone: str, text: str, *, media: int, sid: str | None
    ) -> tuple[str, int]:
        """Post a text message that somebody sent; return its sid and the answer's status."""
        heard = book.hears(phone, text)
        sid = sid or new_sid("MM" if media else "SM")
        parameters = {
            "MessageSid": sid,
            "SmsSid": sid,
            "SmsMessageSid": sid,
            "MessagingServiceSid": SERVICE,
            "From": phone,
            "To": NUMBER,
            "Body": text,
            "NumMedia": str(media),
            "NumSegments": "1",
            "SmsStatus": "received",
            **({"OptOutType": heard} if heard else {}),
            **_media(media),
        }
        return sid, await self._post(self.inbound_url, parameters)

    async def report(self, book: TextBook, sid: str) -> None:
        """Report a message's way to the callback that it was sent with."""
        for message in book.progress(sid):
            book.add(message)
            if message.callback:
                await self._post(message.callback, _report(message))

    async def _post(self, url: str, parameters: dict[str, str]) -> int:
        """Post parameters, signed; return the status, 0 where there was no answer."""
        parameters = {"AccountSid": self.account, "ApiVersion": "2010-04-01", **parameters}
        signed = signature(self.auth_token, url, list(parameters.items()))
        try:
            async with httpx.AsyncClient(
                transport=self.transport, timeout=_TIMEOUT, trust_env=False
            ) as client:
                answer = await client.post(
                    url, data=parameters, headers={"X-Twilio-Signature": signed}
                )
        except httpx.HTTPError as error:
            log.warning("webhook_not_answered", error=type(error).__name__)
            return 0
        return answer.status_code


def _media(count: int) -> dict[str, str]:
    named = {f"MediaContentType{number}": "image/jpeg" for number in range(count)}
    return named | {
        f"MediaUrl{number}": f"https://api.twilio.com/media/{number}" for number in range(count)
    }


def _report(message: SentText) -> dict[str, str]:
    return {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": message.status,
        "SmsStatus": message.status,
        "To": message.to,
        "From": message.sender or NUMBER,
        **({"MessagingServiceSid": message.service} if message.service else {}),
        **({"ErrorCode": str(message.error_code)} if message.error_code else {}),
    }
