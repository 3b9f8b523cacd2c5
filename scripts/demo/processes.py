"""What runs: each process with its command and the settings it is given, in starting order."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts.demo.channels import gateway_channels, sandbox_channels, worker_channels
from scripts.demo.ports import LOOPBACK, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
RASA_PYTHON = str(ROOT / ".venv-rasa" / "bin" / "python")
_KEYS_OF_SYSTEMS = ("ORDER_SYSTEM_KEY", "CASE_SYSTEM_KEY", "MARKETPLACE_KEY", "NOTIFICATIONS_KEY")
"""Keys that the sandbox checks and the actions show."""

_KEYS_OF_EVENTS = ("ORDER_EVENTS_KEY", "CASE_EVENTS_KEY")
"""Keys that the sandbox signs with and the gateway checks."""


@dataclass(frozen=True)
class Ports:
    """Where each process listens. Nothing but the gateway and the sandbox is for people."""

    gateway: int
    sandbox: int
    redis: int = field(default_factory=free_port)
    actions: int = field(default_factory=free_port)
    rasa: int = field(default_factory=free_port)


@dataclass(frozen=True)
class Process:
    """One program: `settings` are its environment variables beside the machine's own."""

    name: str
    command: tuple[str, ...]
    settings: Mapping[str, str]


def processes(
    ports: Ports, keys: Mapping[str, str], *, data: Path, redis_url: str | None = None
) -> tuple[Process, ...]:
    """Return every process of the system; Redis only where no `redis_url` is given.

    Each is told no more secrets than it needs.
    """
    url = redis_url or f"redis://{LOOPBACK}:{ports.redis}/0"
    own_redis = () if redis_url else (_redis(ports, data),)
    return (
        *own_redis,
        _sandbox(ports, keys),
        _actions(ports, keys, url),
        _rasa(ports, keys, url),
        _worker(ports, keys, url),
        _gateway(ports, keys, url),
    )


def _redis(ports: Ports, data: Path) -> Process:
    command = (PYTHON, "-m", "support.embedded_redis", str(ports.redis), str(data / "redis"))
    return Process("redis", command, {})


def _sandbox(ports: Ports, keys: Mapping[str, str]) -> Process:
    settings = {
        "SANDBOX_PORT": str(ports.sandbox),
        "SYSTEM_EVENTS_TO": f"http://{LOOPBACK}:{ports.gateway}",
        **_chosen(keys, "CUSTOMER_TOKEN_KEY", *_KEYS_OF_SYSTEMS, *_KEYS_OF_EVENTS),
        **sandbox_channels(_url(ports.gateway), keys),
    }
    return Process("sandbox", (PYTHON, "-m", "sandbox"), settings)


def _actions(ports: Ports, keys: Mapping[str, str], redis_url: str) -> Process:
    sandbox = f"http://{LOOPBACK}:{ports.sandbox}"
    settings = {
        "REDIS_URL": redis_url,
        "ACTIONS_PORT": str(ports.actions),
        "ORDER_SYSTEM_URL": f"{sandbox}/order-system",
        "CASE_SYSTEM_URL": f"{sandbox}/case-system",
        "MARKETPLACE_URL": f"{sandbox}/marketplace",
        "NOTIFICATIONS_URL": f"{sandbox}/sender",
        "AUSTRALIA_POST_URL": f"{sandbox}/australia-post",
        "AUSTRALIA_POST_ACCOUNT": "0000123456",
        # Whoever changes the sandbox's parcels wants to see it, not what was known an hour ago.
        "CARRIER_FRESH_AT_MOST": "PT2S",
        "AUSTRALIA_POST_CALLS_PER_MINUTE": "6000",
        # Everybody at the demo shares one address: after a guessing spree it is usable again soon.
        "IDENTITY_FAILURES_WINDOW": "PT3M",
        **_chosen(keys, *_KEYS_OF_SYSTEMS, "AUSTRALIA_POST_KEY", "AUSTRALIA_POST_PASSWORD"),
        **_chosen(keys, "ONE_TIME_CODE_KEY", "DESK_ACTIONS_KEY"),
    }
    return Process("actions", (PYTHON, "-m", "actions"), settings)


def _rasa(ports: Ports, keys: Mapping[str, str], redis_url: str) -> Process:
    settings = {
        "REDIS_URL": redis_url,
        "RASA_PORT": str(ports.rasa),
        "ACTIONS_URL": f"http://{LOOPBACK}:{ports.actions}/webhook",
        "RASA_TELEMETRY_ENABLED": "false",
        **_chosen(keys, "RASA_TURN_KEY"),
    }
    return Process("rasa", (RASA_PYTHON, "-m", "rasa_runtime"), settings)


def _worker(ports: Ports, keys: Mapping[str, str], redis_url: str) -> Process:
    settings = {
        "REDIS_URL": redis_url,
        "RASA_URL": f"http://{LOOPBACK}:{ports.rasa}",
        "ACTIONS_URL": f"http://{LOOPBACK}:{ports.actions}/webhook",
        # Whoever tries it wants to see the news come, not wait for it.
        "FOLLOW_UP_EVERY": "PT20S",
        "QUIET_HOURS": "none",
        **_chosen(keys, "RASA_TURN_KEY", "SENDER_KEY_SECRET"),
        **worker_channels(_url(ports.gateway), _url(ports.sandbox), keys),
    }
    return Process("worker", (PYTHON, "-m", "worker"), settings)


def _gateway(ports: Ports, keys: Mapping[str, str], redis_url: str) -> Process:
    settings = {
        "REDIS_URL": redis_url,
        "GATEWAY_PORT": str(ports.gateway),
        "DEMO_SHOP_URL": f"http://{LOOPBACK}:{ports.sandbox}",
        "PUBLIC_URL": f"http://{LOOPBACK}:{ports.gateway}",
        "ACTIONS_URL": f"http://{LOOPBACK}:{ports.actions}/webhook",
        # Everybody comes from the same address here, and scripts type faster than people.
        "CONVERSATIONS_PER_MINUTE": "6000",
        "MESSAGES_PER_MINUTE": "600",
        "MESSAGES_PER_ADDRESS_PER_MINUTE": "60000",
        "OPEN_CONVERSATIONS_PER_ADDRESS": "100000",
        **_chosen(keys, "CONVERSATION_TOKEN_KEY", "CUSTOMER_TOKEN_KEY", "SENDER_KEY_SECRET"),
        **_chosen(keys, *_KEYS_OF_EVENTS),
        **gateway_channels(_url(ports.gateway), keys),
        **_chosen(keys, "DESK_ACTIONS_KEY"),
    }
    return Process("gateway", (PYTHON, "-m", "gateway"), settings)


def _url(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"


def _chosen(keys: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return these secrets; one that the machine's environment already sets wins."""
    return {name: os.environ.get(name) or keys[name] for name in names}
