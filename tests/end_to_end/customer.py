"""A customer for tests: says something and waits for the whole answer."""

import time
import uuid
from dataclasses import dataclass
from typing import Any

import httpx
import redis

TURN_SECONDS = 30
KEPT_OPEN = httpx.Limits(keepalive_expiry=1)
"""Servers close what is idle for some seconds: it must not be used for the next call."""


@dataclass(frozen=True)
class Reply:
    """One message of the assistant (or of the system), as a customer's program sees it."""

    sender: str
    text: str
    choices: tuple[str, ...]
    sources: tuple[str, ...]
    raw: dict[str, Any]


class Answer(tuple[Reply, ...]):
    """The replies of one turn. `text` is what a customer reads, from the first to the last."""

    __slots__ = ()

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self)

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(title for reply in self for title in reply.choices)

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(source for reply in self for source in reply.sources)


class Customer:
    """One conversation. Redis only tells when a turn has ended; all else goes over the API."""

    def __init__(
        self,
        gateway: httpx.Client,
        shared_redis: "redis.Redis",
        *,
        customer_token: str | None = None,
    ) -> None:
        self._gateway = gateway
        self._redis = shared_redis
        started = gateway.post("/v1/conversations", json={"customer_token": customer_token})
        started.raise_for_status()
        self.conversation_id: str = started.json()["conversation_id"]
        self.token: str = started.json()["token"]
        self._position = 0

    def say(self, text: str, *, seconds: float = TURN_SECONDS) -> Answer:
        """Send a message and return the replies of its turn."""
        self.send(text=text)
        return self.answer(seconds=seconds)

    def choose(self, title: str, *, seconds: float = TURN_SECONDS) -> Answer:
        """Send the quick reply of this title that was offered last."""
        offered = [choice for message in self.messages() for choice in message["quick_replies"]]
        chosen = [choice["id"] for choice in offered if choice["title"] == title]
        assert chosen, f"{title!r} was never offered, only {[c['title'] for c in offered]}"
        self.send(quick_reply=chosen[-1])
        return self.answer(seconds=seconds)

    def send(self, **content: str) -> str:
        """Send a message without waiting; return its id."""
        body = {"client_message_id": uuid.uuid4().hex, **content}
        sent = self.post_message(body)
        sent.raise_for_status()
        return str(sent.json()["message_id"])

    def post_message(self, body: object) -> httpx.Response:
        """Send whatever this is, and return whatever comes back."""
        return self._gateway.post(
            f"/v1/conversations/{self.conversation_id}/messages", json=body, headers=self.headers
        )

    def answer(self, *, seconds: float = TURN_SECONDS) -> Answer:
        """Wait until everything that was sent is answered; return the replies since last time."""
        deadline = time.monotonic() + seconds
        while self._owed():
            assert time.monotonic() < deadline, f"not answered within {seconds} s: {self.texts()}"
            time.sleep(0.02)
        return self.new_replies()

    def new_replies(self) -> Answer:
        """Return the replies that have come since they were last returned."""
        fresh = self.messages(after=self._position)
        self._position = max([self._position, *(message["position"] for message in fresh)])
        return Answer(_reply(message) for message in fresh if message["sender"] != "customer")

    def messages(self, after: int = 0) -> list[dict[str, Any]]:
        """Return the messages of the log after a position."""
        read = self._gateway.get(
            f"/v1/conversations/{self.conversation_id}/messages",
            params={"after": after},
            headers=self.headers,
        )
        read.raise_for_status()
        return list(read.json()["messages"])

    def texts(self) -> list[str]:
        """Return the conversation so far, as lines to read when a test fails."""
        return [f"{message['sender']}: {message['text']}" for message in self.messages()]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _owed(self) -> bool:
        asked = [m["position"] for m in self.messages() if m["sender"] == "customer"]
        answered = self._redis.hget(f"conv:{{{self.conversation_id}}}:meta", "answered")
        return bool(asked) and int(str(answered or 0)) < asked[-1]


def _reply(message: dict[str, Any]) -> Reply:
    return Reply(
        sender=message["sender"],
        text=message["text"],
        choices=tuple(choice["title"] for choice in message["quick_replies"]),
        sources=tuple(note["source"] for note in message["evidence"]),
        raw=message,
    )
