"""No time is promised in a text: it comes in a slot, from a system or from what was published."""

import re
from typing import Final

import pytest

from tests.contract.project_files import responses

_NUMBER: Final = (
    r"(?:\d+|half\s+an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|twenty"
    r"|thirty|forty|sixty|a\s+couple\s+of)"
)
_UNIT: Final = (
    r"(?:(?:business|working|calendar)[\s-]+)?(?:minute|hour|day|night|week|month|year)s?"
)
TIME: Final = re.compile(
    rf"\b{_NUMBER}[\s-]+{_UNIT}\b"
    r"|\ban\s+hour\b"
    r"|\b(?:within|in|for|takes?|after|another|up\s+to)\s+a\s+(?:day|week|month|year)\b"
    r"|\b\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\b|\b\d{1,2}:\d\d\b|\bnoon\b|\bmidday\b|\bmidnight\b"
    r"|\b24/7\b|\bday\s+and\s+night\b|\baround\s+the\s+clock\b|\b(?:24|48|72)\b"
    r"|\b(?:same|next)[\s-]+(?:business\s+)?day\b|\btomorrow\b|\bovernight\b",
    re.IGNORECASE,
)
NO_PROMISES: Final = {
    ("utter_distress", "day and night"): "Lifeline's own hours, told in danger",
    ("utter_identity_limited", "an hour"): "our own limit on guessing, IDENTITY_FAILURES_WINDOW",
}
TEXTS: Final = [(key, variant["text"]) for _, key, variants in responses() for variant in variants]


def times_in(text: str) -> list[str]:
    """Return the times that a text names itself, outside its slots."""
    written = re.sub(r"\{\w+\}", "_", text)
    return [" ".join(found.group().lower().split()) for found in TIME.finditer(written)]


def test_no_text_names_a_time_of_its_own() -> None:
    named = {(key, time) for key, text in TEXTS for time in times_in(text)}

    assert named - set(NO_PROMISES) == set()


def test_what_is_allowed_is_still_said() -> None:
    named = {(key, time) for key, text in TEXTS for time in times_in(text)}

    assert set(NO_PROMISES) - named == set()


@pytest.mark.parametrize(
    "text",
    [
        "Updates can take 24 to 48 hours.",
        "It takes 3-5 business days.",
        "Wait two weeks, please.",
        "It comes within a day.",
        "Order before 12:00 pm.",
        "Order before 12pm.",
        "Ready from 4 p.m. on.",
        "The chat is open 24/7.",
        "It is ready the next day.",
        "A two-day wait.",
        "In half an hour.",
    ],
)
def test_a_time_is_found_however_it_is_written(text: str) -> None:
    assert times_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Updates can take {wait} to show.",
        "Please call 000 now, or 13 11 14.",
        "An order number is 8 to 12 digits long.",
        "There's no date on record yet, so I can't name a day.",
        "The carrier will try to deliver it that day.",
        "You have {count} parcels.",
    ],
)
def test_other_numbers_are_no_times(text: str) -> None:
    assert times_in(text) == []
