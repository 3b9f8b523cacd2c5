"""What a text message leaves out. It is paid for by the segment, and all of it can be asked for.

Pure. The words themselves are shorter too: `channel: sms` in data/responses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from actions.reply import Say
from actions.responses import ResponseKey

SMS: Final = "sms"

_NEXT_QUESTIONS: Final = frozenset(
    {
        ResponseKey.NEXT_LATE,
        ResponseKey.NEXT_ARRIVED,
        ResponseKey.NEXT_TROUBLE_AT_CARRIER,
        ResponseKey.NEXT_COMING,
        ResponseKey.NEXT_NOT_SENT,
    }
)
_LEFT_OUT: Final = _NEXT_QUESTIONS | {ResponseKey.PARCEL_ITEMS, ResponseKey.PARCEL_STORE_HOURS}
_SCANS: Final = frozenset({ResponseKey.PARCEL_SCAN, ResponseKey.PARCEL_SCAN_WITHOUT_PLACE})
_DISAGREEMENTS: Final = frozenset(
    {ResponseKey.PARCEL_SOURCES_DISAGREE, ResponseKey.PARCEL_SOURCES_DISAGREE_SINCE}
)
_LEFT_OUT_BESIDE: Final = MappingProxyType(
    {
        ResponseKey.PARCEL_SINCE: _SCANS,
        ResponseKey.PARCEL_SCAN: _DISAGREEMENTS,
        ResponseKey.PARCEL_SCAN_WITHOUT_PLACE: _DISAGREEMENTS,
    }
)
"""Lines that go where one of the others, in the same message, tells the more important part."""

_TITLES: Final = frozenset({ResponseKey.PARCEL_TITLE, ResponseKey.PARCEL_TITLE_WITHOUT_ITEMS})
_HISTORY: Final = frozenset(
    {
        ResponseKey.TRACKING_HISTORY_EVENT,
        ResponseKey.TRACKING_HISTORY_EVENT_WITHOUT_PLACE,
    }
)
_MOST_SCANS: Final = 3
_LONGEST_TITLE: Final = 50
"""Characters of items in a parcel's title; with more, its number has to do."""


def for_text_message(says: Sequence[Say]) -> tuple[Say, ...]:
    """Return what a text message says of an answer: what is most important, each parcel alone."""
    return tuple(say for message in _messages(says) for say in _shortened(message))


def _messages(says: Sequence[Say]) -> Iterator[list[Say]]:
    """Yield what is told together in one message."""
    message: list[Say] = []
    for say in says:
        if message and (not say.joins or say.key in _TITLES):
            yield message
            message = []
        message.append(say)
    if message:
        yield message


def _shortened(message: Sequence[Say]) -> Iterator[Say]:
    keys = frozenset(say.key for say in message)
    kept = [_titled_shortly(say) for say in message if not _is_left_out(say.key, keys)]
    scans = [say for say in kept if say.key in _HISTORY]
    for number, say in enumerate(one for one in kept if one not in scans[_MOST_SCANS:]):
        # What is left of a message begins it, although it was not its first line before.
        yield say if number else replace(say, joins=message[0].joins and say.key not in _TITLES)


def _is_left_out(key: ResponseKey, beside: frozenset[ResponseKey]) -> bool:
    return key in _LEFT_OUT or bool(_LEFT_OUT_BESIDE.get(key, frozenset()) & beside)


def _titled_shortly(say: Say) -> Say:
    if say.key is not ResponseKey.PARCEL_TITLE or len(say.facts["items"].value) <= _LONGEST_TITLE:
        return say
    return replace(say, key=ResponseKey.PARCEL_TITLE_WITHOUT_ITEMS, facts={})
