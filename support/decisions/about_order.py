"""What is asked about an order that is known, although its words sound like a wish to change it."""

import re
from typing import Final

_CANCELLED: Final = re.compile(
    r"\b(?:why|how\s+come|who|when|did|has|have|was|were|is|are|says?|saying|shows?|showing|got)\b"
    r"[^.!?\n]{0,60}\bcancel+(?:ed|led|lation)\b|\bcancel+ed\s*(?:\?|on\s+me|by)"
    r"|\byou\s+(?:guys\s+|lot\s+)?cancel+ed\b"
    r"|\b(?:i|we)\s+(?:never|did\s?n[o']?t|did\s+not)\s+cancel"
    r"|\b(?:never|didn'?t|did\s+not|nobody|no\s?one)\b[^.!?,\n]{0,40}\bcancel+ed\b",
    re.IGNORECASE,
)
_SENT_BACK: Final = re.compile(
    r"\b(?:why|how\s+come)\b[^.!?\n]{0,30}\b(?:sen[dt]|sending|go\w*)\b[^.!?\n]{0,15}\bback\b"
    r"|\b(?:return(?:ed|ing)?|went|going|goes|gone|sent|being\s+sent|go)\s+(?:back\s+)?to\s+(?:the\s+)?"
    r"(?:sender|kmart|target|seller|warehouse|depot|shop|you\s+(?:guys|lot))\b"
    r"|\breturn(?:ed)?\s+to\s+sender\b|\brts\b"
    r"|\b(?:why|how\s+come)\b[^.!?\n]{0,30}\breturned\b|\breturned\b\W+why\b",
    re.IGNORECASE,
)
_HOLD: Final = re.compile(
    r"\b(?:hold|keep|leave|wait\s+with|hang\s+on\s+to)\s+(?:on\s+to\s+)?(?:it|them|that|this|my\s+\w+"
    r"|the\s+\w+)\b.{0,30}\b(?:till?|until|for\s+(?:me|another|a\s+(?:bit|few|while|day|week))|longer)\b"
    r"|\b(?:more|extra)\s+time\s+to\s+(?:collect|pick)\b",
    re.IGNORECASE,
)
_THAT: Final = re.compile(
    r"\bwh?at\W?s?\s+(?:(?:the\s+(?:hell|heck|f\S+)|on\s+earth)\s+)?"
    r"(?:does|do|is|dose)?\s*(?:that|this|it)\b.{0,20}\bmean\w*"
    r"|\bwhat\W?s\s+(?:that|this|it)\s+mean|\bmeaning\s+of\s+(?:that|this|it)\b|^\W*meaning\W*$"
    r"|^\W*(?:and\s+)?what\s+does\s+that\s+mean\b",
    re.IGNORECASE,
)


def asks_about_its_end(text: str) -> bool:
    """Say whether somebody asks why an order was cancelled, or why it went back to the sender."""
    return bool(_CANCELLED.search(text) or _SENT_BACK.search(text))


def asks_to_hold(text: str) -> bool:
    """Say whether somebody wants a parcel kept for them for a while: "can u hold it til sunday"."""
    return _HOLD.search(text) is not None


def asks_what_that_means(text: str) -> bool:
    """Say whether somebody asks what was just said of an order means, without naming a status."""
    return _THAT.search(text) is not None
