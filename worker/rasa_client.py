"""Asks Rasa for the answer to one message, over the signed channel that only the worker uses."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Literal

import httpx
from pydantic import BaseModel, JsonValue, SecretStr, ValidationError

from gateway.conversation_log import Conversation, Entry, EvidenceNote, QuickReply, Understood
from support.handover import PersonRequest
from support.ids import ConversationId, CustomerId, MessageId, SenderKey
from support.turn_signature import sign

TURN_PATH = "/webhooks/gateway/turns"
HEALTH_PATH = "/webhooks/gateway/health"

TURN_SECONDS = 12.0
"""Rasa itself gives up after 10 seconds; the rest is for the way there and back."""

HEALTH_SECONDS = 2.0


class RasaFailure(Exception):
    """Rasa gave no answer to a turn."""


class RasaUnavailable(RasaFailure):
    """Rasa or its actions cannot be reached or took too long; the same turn may be asked again."""


class RasaTurnFailed(RasaFailure):
    """The turn crashed inside Rasa and left nothing behind; asking again may help."""


class RasaRefusedTurn(RasaFailure):
    """Rasa does not take this message; asking again is no use."""


class TurnMetadata(BaseModel):
    """What is known of the customer, checked by the gateway."""

    channel: str
    customer_id: CustomerId | None
    customer_first_name: str | None
    sender_key: SenderKey
    sender_phone: str | None = None


class Turn(BaseModel):
    """One customer message. `payload` comes only from a choice that was offered.

    `may_be_silent`: nobody said anything, so that no answer is one, too.
    """

    conversation_id: ConversationId
    message_id: MessageId
    text: str
    payload: str | None
    metadata: TurnMetadata
    may_be_silent: bool = False


def metadata_of(conversation: Conversation) -> TurnMetadata:
    """Return what is known of the customer of a conversation."""
    customer = conversation.customer
    return TurnMetadata(
        channel=conversation.channel,
        customer_id=customer.customer_id if customer else None,
        customer_first_name=customer.first_name if customer else None,
        sender_key=conversation.sender_key,
    )


def turn_of(conversation: Conversation, message: Entry) -> Turn:
    """Return the turn of a customer's message."""
    return Turn(
        conversation_id=conversation.conversation_id,
        message_id=message.message_id,
        text=message.text,
        payload=message.body.payload,
        metadata=metadata_of(conversation),
    )


class RasaMessage(BaseModel):
    """One message of an answer."""

    text: str
    quick_replies: list[QuickReply] = []
    evidence: list[EvidenceNote] = []
    cards: list[dict[str, JsonValue]] = []
    said: list[str] = []


class RasaAnswer(BaseModel):
    """The whole answer to a turn; the same turn asked again gives the same messages.

    `person`: somebody has to take over, with what is known so far.
    """

    status: Literal["answered", "repeated"]
    turn_id: MessageId
    messages: list[RasaMessage]
    understood: Understood | None = None
    person: PersonRequest | None = None


class RasaClient:
    """Speaks to Rasa. `http` has Rasa's address as its base URL; its owner closes it."""

    def __init__(
        self, http: httpx.AsyncClient, *, key: SecretStr, clock: Callable[[], float] = time.time
    ) -> None:
        self._http = http
        self._key = key.get_secret_value()
        self._clock = clock

    async def answer(self, turn: Turn) -> RasaAnswer:
        """Return Rasa's answer within TURN_SECONDS; raises a RasaFailure."""
        body = turn.model_dump_json().encode()
        try:
            response = await self._http.post(
                TURN_PATH, content=body, headers=self._headers(body), timeout=TURN_SECONDS
            )
        except httpx.TransportError as error:
            raise RasaUnavailable(type(error).__name__) from error
        _raise_failure(response)
        try:
            answer = RasaAnswer.model_validate_json(response.content)
        except ValidationError as error:
            raise RasaTurnFailed("the answer does not follow the format") from error
        if answer.turn_id != turn.message_id:
            raise RasaTurnFailed("the answer belongs to another turn")
        return answer

    async def healthy(self) -> bool:
        """Say whether Rasa is up with a model loaded."""
        return await answers_health_check(self._http, HEALTH_PATH)

    def _headers(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(self._clock()))
        return {
            "Content-Type": "application/json",
            "X-Turn-Timestamp": timestamp,
            "X-Turn-Signature": sign(self._key, timestamp, body),
        }


async def answers_health_check(http: httpx.AsyncClient, url: str) -> bool:
    """Say whether `url` answers 200 within HEALTH_SECONDS."""
    try:
        response = await http.get(url, timeout=HEALTH_SECONDS)
    except httpx.TransportError:
        return False
    return response.status_code == HTTPStatus.OK


_UNAVAILABLE = {
    # A refused signature is a wrong key or clock, put right without the customer's doing.
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}


def _raise_failure(response: httpx.Response) -> None:
    status = response.status_code
    if status == HTTPStatus.OK:
        return
    if status in _UNAVAILABLE:
        raise RasaUnavailable(f"status {status}")
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        raise RasaRefusedTurn(f"status {status}")
    raise RasaTurnFailed(f"status {status}")
