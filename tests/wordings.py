"""Finds what the responses say in what customers read, so that tests survive a new wording."""

import re
from collections.abc import Iterable
from functools import cache

from tests.contract.project_files import responses


def worded(*keys: str) -> re.Pattern[str]:
    """Return what finds any variant of these responses in a text, whatever its values are."""
    return any_of(text for key in keys for text in texts_of(key))


def any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of these texts, `{value}` standing for anything."""
    patterns = (re.sub(r"\\\{\w+\\\}", ".+?", re.escape(text.strip())) for text in texts)
    return re.compile("|".join(patterns), re.DOTALL)


def texts_of(key: str) -> tuple[str, ...]:
    """Return every variant of a response that the web chat shows."""
    return all_texts()[key]


@cache
def all_texts() -> dict[str, tuple[str, ...]]:
    """Return every variant of every response that the web chat shows."""
    return {
        key: tuple(one["text"] for one in variants if one.get("channel", "web") == "web")
        for _, key, variants in responses()
    }
