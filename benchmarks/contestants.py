"""Who is measured: how each is started, and how it is spoken to."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import yaml

from benchmarks.processes import RASA_PYTHON, ROOT
from support.turn_signature import sign

HOST = "127.0.0.1"
TURN_KEY = "key-of-the-benchmark-which-signs-turns"


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What is posted for one message."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class Contestant(Protocol):
    """A Rasa process with a way in."""

    @property
    def name(self) -> str:
        """What figures are kept under."""

    @property
    def command(self) -> tuple[str, ...]:
        """How the process is started."""

    @property
    def folder(self) -> Path:
        """Where it is started."""

    @property
    def settings(self) -> Mapping[str, str]:
        """Its environment variables."""

    def request(self, conversation_id: str, message_id: str, text: str) -> HttpRequest:
        """Return the request that brings a message in."""

    def texts(self, answer: bytes) -> list[str]:
        """Return the texts of an answer."""


@dataclass(frozen=True)
class Surroundings:
    """What both contestants work with."""

    actions_url: str
    redis_port: int

    @property
    def calls_url(self) -> str:
        """Where the action server says how often it was called."""
        return self.actions_url.replace("/webhook", "/calls")


@dataclass(frozen=True)
class Ours:
    """The product's Rasa process, with its own way in. `folder` holds models/."""

    surroundings: Surroundings
    port: int
    name: str = "ours"
    folder: Path = ROOT
    command: tuple[str, ...] = (RASA_PYTHON, "-m", "rasa_runtime")

    @property
    def settings(self) -> Mapping[str, str]:
        """What `rasa_runtime` needs to serve."""
        return {
            "REDIS_URL": f"redis://{HOST}:{self.surroundings.redis_port}/0",
            "ACTIONS_URL": self.surroundings.actions_url,
            "RASA_TURN_KEY": TURN_KEY,
            "RASA_PORT": str(self.port),
        }

    def request(self, conversation_id: str, message_id: str, text: str) -> HttpRequest:
        """Return a signed turn."""
        turn = {
            "conversation_id": conversation_id,
            "message_id": message_id,
            "text": text,
            "metadata": {"channel": "web", "sender_key": "benchmark"},
        }
        body = json.dumps(turn).encode()
        timestamp = str(int(time.time()))
        headers = {
            "X-Turn-Timestamp": timestamp,
            "X-Turn-Signature": sign(TURN_KEY, timestamp, body),
        }
        return HttpRequest(f"http://{HOST}:{self.port}/webhooks/gateway/turns", headers, body)

    def texts(self, answer: bytes) -> list[str]:
        """Return the texts of an answered turn."""
        return _texts(json.loads(answer)["messages"])


@dataclass(frozen=True)
class RasaDefault:
    """`rasa run` with Rasa's own REST channel, tracker store, lock store and action endpoint.

    `folder` is its to write to; `model` is what it serves.
    """

    surroundings: Surroundings
    port: int
    folder: Path
    model: Path
    name: str = "rasa_default"
    settings: Mapping[str, str] = field(default_factory=lambda: {"RASA_TELEMETRY_ENABLED": "false"})

    @property
    def command(self) -> tuple[str, ...]:
        """`rasa run`, as Rasa's documentation has it."""
        return (
            *(RASA_PYTHON, "-m", "rasa", "run", "--model", str(self.model)),
            *("--interface", HOST, "--port", str(self.port)),
            *("--credentials", "credentials.yml", "--endpoints", "endpoints.yml"),
        )

    def write_configuration(self) -> None:
        """Write what names the channel, the stores and the action server."""
        store = {"type": "redis", "url": HOST, "port": self.surroundings.redis_port}
        endpoints = {
            "action_endpoint": {"url": self.surroundings.actions_url},
            "tracker_store": {**store, "db": 1},
            "lock_store": {**store, "db": 2},
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")
        (self.folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")

    def request(self, conversation_id: str, message_id: str, text: str) -> HttpRequest:
        """Return a message for the REST channel, with the metadata that ours carries too."""
        metadata = {"channel": "web", "sender_key": "benchmark", "message_id": message_id}
        body = json.dumps({"sender": conversation_id, "message": text, "metadata": metadata})
        url = f"http://{HOST}:{self.port}/webhooks/rest/webhook"
        return HttpRequest(url, {"Content-Type": "application/json"}, body.encode())

    def texts(self, answer: bytes) -> list[str]:
        """Return the texts of the messages that the REST channel collected."""
        return _texts(json.loads(answer))


def _texts(messages: list[dict[str, Any]]) -> list[str]:
    return [message["text"] for message in messages if message.get("text")]
