"""Everything that a message mentions in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from support.identifiers.extract import LONGEST_TEXT
from support.identifiers.folding import FoldedText
from support.identifiers.models import Identifier, IdentifierKind
from support.mentions.carriers import carriers_in
from support.mentions.choices import choices_in
from support.mentions.dates import dates_in
from support.mentions.items import items_in
from support.mentions.models import Found, Mention, MentionKind
from support.mentions.sellers import sellers_in
from support.places.suburbs import FoundSuburb, suburbs_in

_RANKS: Final = {
    kind: rank
    for rank, kind in enumerate(
        (
            MentionKind.DATE,
            MentionKind.CARRIER,
            MentionKind.SELLER,
            MentionKind.CHOICE,
            MentionKind.SUBURB,
            MentionKind.ITEM,
        )
    )
}
"""Who wins where two claim the same words: "the post office in Sale" is a carrier and a suburb."""


_HIDDEN: Final = "\u2022"


class _Hit(NamedTuple):
    kind: MentionKind
    found: Found
    state: str | None = None


def mentions_in(text: str, identifiers: Sequence[Identifier], today: date) -> tuple[Mention, ...]:
    """Return what a text mentions besides its identifiers, in the order it stands in.

    None overlaps another, nor an identifier. `today` is the customer's. Only as much of a text is
    looked at as for identifiers.
    """
    original = text[:LONGEST_TEXT]
    others = [one for one in identifiers if one.kind is not IdentifierKind.POSTCODE]
    hidden, with_postcodes = _without(original, identifiers), _without(original, others)
    mentions = [
        *(_mention(hidden, hit) for hit in _hits(hidden.text, today)),
        *(_mention(with_postcodes, _suburb(one)) for one in suburbs_in(with_postcodes.text)),
    ]
    return tuple(sorted(_not_overlapping(mentions), key=lambda mention: mention.start))


def _without(original: str, identifiers: Sequence[Identifier]) -> FoldedText:
    """Return the text folded, with something in each identifier's place that is part of nothing."""
    text = original
    for one in identifiers:
        text = text[: one.start] + _HIDDEN * (one.end - one.start) + text[one.end :]
    return FoldedText.of(text)


def _hits(text: str, today: date) -> Iterator[_Hit]:
    for kind, found in (
        (MentionKind.DATE, dates_in(text, today)),
        (MentionKind.CARRIER, carriers_in(text)),
        (MentionKind.SELLER, sellers_in(text)),
        (MentionKind.CHOICE, choices_in(text)),
        (MentionKind.ITEM, items_in(text)),
    ):
        yield from (_Hit(kind, one) for one in found)


def _suburb(suburb: FoundSuburb) -> _Hit:
    return _Hit(
        MentionKind.SUBURB, Found(suburb.name, suburb.start, suburb.end), state=suburb.state
    )


def _mention(folded: FoldedText, hit: _Hit) -> Mention:
    kind, found, state = hit
    start, end = folded.original_span(found.start, found.end)
    return Mention(kind, found.value, folded.original[start:end], start, end, found.certain, state)


def _not_overlapping(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions of the first kinds, and of each kind the longest ones."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: (_RANKS[one.kind], one.start - one.end)):
        if all(mention.end <= one.start or one.end <= mention.start for one in kept):
            kept.append(mention)
    return kept
