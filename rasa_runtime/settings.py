"""Settings of the Rasa process that Rasa's own YAML files cannot express.

REDIS_URL, ACTIONS_URL and RASA_TURN_KEY have no default: endpoints.yml and credentials.yml name
them. What has a default is read here.
"""

import os
from datetime import timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from support.redis_address import RedisUrl

REQUIRED_TO_SERVE = ("REDIS_URL", "ACTIONS_URL", "RASA_TURN_KEY")


class RuntimeSettings(BaseModel):
    """What the environment says, checked."""

    model_config = ConfigDict(frozen=True)

    redis_url: RedisUrl | None = Field(default=None, alias="REDIS_URL")
    """Read here to be checked; the stores get it through endpoints.yml."""
    port: int = Field(default=5005, alias="RASA_PORT", ge=1, le=65535)
    keep_conversations_days: int = Field(default=30, alias="KEEP_CONVERSATIONS_DAYS", ge=1)
    keep_for_review_days: int = Field(default=90, alias="KEEP_FOR_REVIEW_DAYS", ge=0)
    """0 collects nothing."""
    order_number_pattern: str = Field(
        default=r"[A-Z]{0,3}\d{8,12}", alias="ORDER_NUMBER_PATTERN", min_length=1
    )
    sentence_model_folder: Path | None = Field(default=None, alias="SENTENCE_MODEL_FOLDER")
    """A folder with model.onnx and tokenizer.json to use instead of the installed ones."""


class SettingsError(Exception):
    """The environment holds a value that makes no sense; the message names it."""


@cache
def settings() -> RuntimeSettings:
    """Return the settings, read from the environment once; raise SettingsError if wrong."""
    try:
        return RuntimeSettings.model_validate(_given(os.environ))
    except ValidationError as error:
        wrong = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"Wrong settings: {wrong}.") from error


def keep_of(record_exp: float | None) -> timedelta:
    """Return how long a conversation is kept after its last message; raise SettingsError if 0."""
    if record_exp is None:
        return timedelta(days=settings().keep_conversations_days)
    if record_exp < 1:
        raise SettingsError("record_exp in endpoints.yml must be a second at least.")
    return timedelta(seconds=record_exp)


def require_what_serving_needs() -> None:
    """Raise SettingsError, naming all that is missing, before half a minute of loading is spent."""
    missing = [name for name in REQUIRED_TO_SERVE if not os.environ.get(name)]
    if missing:
        raise SettingsError(f"Not set: {', '.join(missing)}.")


def _given(environment: "os._Environ[str]") -> dict[str, str]:
    """Return what is set; an empty value counts as not set, as in the other processes."""
    return {name: value for name, value in environment.items() if value}
