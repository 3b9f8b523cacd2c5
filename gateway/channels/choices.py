"""What a typed answer means where buttons cannot be pressed: their number, or their words. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from gateway.conversation_log import Entry, OfferedQuickReply, Sender

_NUMBER: Final = re.compile(r"\(?(?:option |number |no\.? ?|#)?(\d{1,2})\)?[.!]?", re.IGNORECASE)


def offered_last(entries: Sequence[Entry]) -> Sequence[OfferedQuickReply]:
    """Return the choices below the newest message that has any, if nobody has answered since."""
    for entry in reversed(entries):
        if entry.sender is Sender.CUSTOMER:
            break
        if entry.body.quick_replies:
            return entry.body.quick_replies
    return ()


def chosen(text: str, offered: Sequence[OfferedQuickReply]) -> OfferedQuickReply | None:
    """Return the choice that was typed: "2", "option 2", or its words; None for anything else."""
    words = " ".join(text.casefold().split()).rstrip(".!")
    for choice in offered:
        if choice.title.casefold().rstrip(".!?") == words.rstrip("?"):
            return choice
    number = _NUMBER.fullmatch(text.strip())
    if number is None or not 1 <= int(number[1]) <= len(offered):
        return None
    return offered[int(number[1]) - 1]
