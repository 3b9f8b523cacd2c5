"""Every text as it is sent by SMS: with realistic values it fits two segments of the cheap kind."""

import re
from typing import Any

import pytest

from support.sms.segments import Encoding, size_of
from tests.actions.sms_wording import text_message
from tests.contract.project_files import responses

MOST_SEGMENTS = 2

LONG = {
    "link": "https://auspost.com.au/mypost/track/details/JDQ019457101000930308",
    "other_link": "https://startrack.com.au/track/details/6KMT00194577",
    "address": "Unit 12, 100 Example Street, Wagga Wagga NSW 2650",
    "items": "Anko 1.7 L Stainless Steel Kettle, Anko 4-Tier Shelf",
    "outcome": "The carrier confirmed that the parcel was lost, and a refund was approved.",
    "answer": "Hi, sorry about that, we've just sent you another one by express post.",
    "about": "Roads around Cairns are flooded. Deliveries there may take five days longer.",
    "proof": "Left in a safe place: front porch",
    "since": "12:33 pm on Wednesday 25 November",
    "at": "12:33 pm on Wednesday 25 November",
    "date": "Wednesday 25 November",
}
"""Long values as they come; 24 characters for every other."""

TEXTS = [
    (key, variant)
    for _, key, variants in responses()
    for variant in variants
    if variant.get("channel", "sms") == "sms"
]


def replaced_for_sms(key: str, variant: dict[str, Any]) -> bool:
    """Say whether text messages say something else instead of this."""
    return "channel" not in variant and any(
        other != variant
        and other_key == key
        and other.get("channel") == "sms"
        and other.get("condition") == variant.get("condition")
        for other_key, other in TEXTS
    )


SENT = [(key, variant) for key, variant in TEXTS if not replaced_for_sms(key, variant)]


@pytest.mark.parametrize(
    ("key", "variant"), SENT, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_text_fits_two_segments(key: str, variant: dict[str, Any]) -> None:
    text = re.sub(r"\{(\w+)\}", lambda name: LONG.get(name[1], "n" * 24), variant["text"])

    size = size_of(text_message(text, [one["title"] for one in variant.get("buttons") or ()]))

    assert size.encoding is Encoding.GSM_7, key
    assert size.segments <= MOST_SEGMENTS, key
