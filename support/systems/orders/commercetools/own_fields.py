"""Reading the retailer's own (custom) fields, which may hold anything."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, TypeVar

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from support.systems.errors import SystemAnswerMalformed
from support.systems.orders.models import Store

SYSTEM: Final = "orders"
_TIME: Final = TypeAdapter(AwareDatetime)
_DAY: Final = TypeAdapter(date)
_LANGUAGES: Final = ("en-AU", "en")
T = TypeVar("T")


def word_of(value: object) -> str | None:
    """Return a text; the key of a set value {key, label}; None for nothing.

    Raises `SystemAnswerMalformed` for anything else, as the others here do.
    """
    if isinstance(value, Mapping):
        value = value.get("key")
    if value is None:
        return None
    if not isinstance(value, str):
        raise SystemAnswerMalformed(SYSTEM, "a custom field that should be a text")
    return value.strip() or None


def time_of(value: object) -> datetime | None:
    """Return a point in time."""
    return _read(_TIME, word_of(value))


def day_of(value: object) -> date | None:
    """Return a day."""
    return _read(_DAY, word_of(value))


def store_of(value: object) -> Store | None:
    """Return a store out of its name, or an object {id, name, address, phone, hours}."""
    if isinstance(value, Mapping):
        try:
            return Store.model_validate(
                {key: item for key, item in value.items() if item is not None}
            )
        except ValidationError:
            raise SystemAnswerMalformed(SYSTEM, "a store without a name") from None
    name = word_of(value)
    return Store(name=name) if name else None


def in_english(texts: Mapping[str, str]) -> str | None:
    """Return a text in English, or in whatever language there is."""
    preferred = [*_LANGUAGES, *sorted(texts)]
    return next((texts[language] for language in preferred if texts.get(language)), None)


def _read(kind: TypeAdapter[T], word: str | None) -> T | None:
    if word is None:
        return None
    try:
        return kind.validate_python(word)
    except ValidationError:
        raise SystemAnswerMalformed(SYSTEM, "a custom field that should be a time") from None
