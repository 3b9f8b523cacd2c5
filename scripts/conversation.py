"""A conversation over the gateway's customer API, as a program has it."""

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

SECONDS_OF_SILENCE = 30
"""Three of the stream's keep-alives; longer means that the connection is gone."""

SECONDS_BEFORE_CONNECTING_AGAIN = 1


@dataclass(frozen=True)
class Message:
    """One message of the log."""

    position: int
    sender: str
    text: str
    quick_replies: tuple[tuple[str, str], ...] = ()
    """(id, title) of each choice offered."""
    evidence: tuple[tuple[str, datetime], ...] = ()
    """(source, when it was asked) of what the message states."""

    @classmethod
    def read(cls, raw: dict[str, Any]) -> "Message":
        """Return the message that the API described."""
        return cls(
            position=raw["position"],
            sender=raw["sender"],
            text=raw["text"],
            quick_replies=tuple((each["id"], each["title"]) for each in raw["quick_replies"]),
            evidence=tuple(
                (each["source"], datetime.fromisoformat(each["at"])) for each in raw["evidence"]
            ),
        )


@dataclass
class Conversation:
    """Opened with `start`; `events` yields what is said, from the first message on."""

    client: httpx.Client
    conversation_id: str
    token: str
    _position: int = field(default=0, init=False)

    @classmethod
    def start(cls, client: httpx.Client, *, customer_token: str | None = None) -> "Conversation":
        """Open a conversation, as a signed-in customer where a token of the shop is given."""
        started = client.post("/v1/conversations", json={"customer_token": customer_token})
        started.raise_for_status()
        return cls(client, started.json()["conversation_id"], started.json()["token"])

    def say(self, text: str) -> None:
        """Send what the customer typed."""
        self._send({"text": text})

    def choose(self, quick_reply_id: str) -> None:
        """Send a choice that was offered."""
        self._send({"quick_reply": quick_reply_id})

    def events(self) -> Iterator[Message]:
        """Yield the messages as they come, over as many connections as it takes."""
        while not self.client.is_closed:
            try:
                yield from self._stream()
            except httpx.TransportError:
                time.sleep(SECONDS_BEFORE_CONNECTING_AGAIN)

    def _stream(self) -> Iterator[Message]:
        headers = {**self._headers, "Last-Event-ID": str(self._position)}
        limit = httpx.Timeout(10, read=SECONDS_OF_SILENCE)
        with self.client.stream(
            "GET", self._path("events"), headers=headers, timeout=limit
        ) as events:
            events.raise_for_status()
            for line in events.iter_lines():
                if line.startswith("data:"):
                    message = Message.read(json.loads(line.removeprefix("data:")))
                    self._position = message.position
                    yield message

    def _send(self, content: dict[str, str]) -> None:
        body = {"client_message_id": uuid.uuid4().hex, **content}
        sent = self.client.post(self._path("messages"), json=body, headers=self._headers)
        sent.raise_for_status()

    def _path(self, what: str) -> str:
        return f"/v1/conversations/{self.conversation_id}/{what}"

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}
