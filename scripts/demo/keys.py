"""The demo's own secrets: made once per checkout, kept in a file only its owner can read."""

import os
import secrets
from pathlib import Path

NAMES = (
    "CONVERSATION_TOKEN_KEY",
    "CUSTOMER_TOKEN_KEY",
    "SENDER_KEY_SECRET",
    "RASA_TURN_KEY",
    "ORDER_SYSTEM_KEY",
    "CASE_SYSTEM_KEY",
    "MARKETPLACE_KEY",
    "NOTIFICATIONS_KEY",
    "ONE_TIME_CODE_KEY",
    "ORDER_EVENTS_KEY",
    "CASE_EVENTS_KEY",
    "DESK_ACTIONS_KEY",
    "DESK_PASSWORD_KIM",
    "DESK_PASSWORD_LEE",
    "DESK_PASSWORD_SAM",
    "AUSTRALIA_POST_KEY",
    "AUSTRALIA_POST_PASSWORD",
    "TWILIO_AUTH_TOKEN",
    "META_VERIFY_TOKEN",
    "META_APP_SECRET",
    "META_TOKEN",
)


def load_keys(file: Path) -> dict[str, str]:
    """Return every secret by name, adding to the file those it lacks."""
    known = _read(file)
    missing = {name: secrets.token_hex(32) for name in NAMES if name not in known}
    if missing:
        _append(file, missing)
    return {**known, **missing}


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _append(file: Path, values: dict[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as output:
        output.writelines(f"{name}={value}\n" for name, value in values.items())
