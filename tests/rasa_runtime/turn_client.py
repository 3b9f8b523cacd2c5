"""Sends turns to the channel as the worker does."""

import itertools
import json
import time
import uuid
from typing import Any

import requests

from support.turn_signature import sign


def turn(text: str = "where is my order", **changes: Any) -> dict[str, Any]:
    """A turn of a new conversation."""
    return {
        "conversation_id": uuid.uuid4().hex,
        "message_id": uuid.uuid4().hex,
        "text": text,
        "payload": None,
        "metadata": {
            "channel": "web",
            "customer_id": None,
            "customer_first_name": None,
            "sender_key": "sender-1",
        },
        **changes,
    }


class TurnClient:
    def __init__(self, rasa_url: str, key: str) -> None:
        self.rasa_url = rasa_url
        self._key = key

    def post(
        self,
        body: Any,
        *,
        key: str | None = None,
        timestamp: str | None = None,
        timeout: float = 30,
    ) -> requests.Response:
        raw = json.dumps(body).encode()
        timestamp = timestamp or str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Turn-Timestamp": timestamp,
            "X-Turn-Signature": sign(key or self._key, timestamp, raw),
        }
        return requests.post(
            f"{self.rasa_url}/webhooks/gateway/turns", data=raw, headers=headers, timeout=timeout
        )

    def texts(self, body: dict[str, Any]) -> list[str]:
        """Send a turn that must be answered, and return the texts of the answer."""
        response = self.post(body)
        assert response.status_code == 200, response.text
        return [message["text"] for message in response.json()["messages"]]

    def converse(self, *texts: str, **changes: Any) -> list[list[str]]:
        """Send messages of one conversation, and return the texts of each answer."""
        conversation = changes.pop("conversation_id", uuid.uuid4().hex)
        numbers = itertools.count(1)
        return [
            self.texts(
                turn(
                    text,
                    conversation_id=conversation,
                    message_id=f"{conversation}-{next(numbers)}",
                    **changes,
                )
            )
            for text in texts
        ]
