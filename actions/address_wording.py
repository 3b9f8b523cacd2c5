"""How it is said that an address will not do, and what is asked then."""

from collections.abc import Mapping
from typing import Final

from actions.question_wording import put
from actions.questions import Question
from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.address import Doubt, Judgement
from support.facts import Evidence, Fact
from support.places.postal_address import Part, PostalAddress

POSTCODE_LIST: Final = "List of Australian postcodes"

_PARTS: Final[Mapping[Part, str]] = {
    Part.NUMBER: "street number",
    Part.STREET: "street",
    Part.SUBURB: "suburb",
    Part.STATE: "state",
    Part.POSTCODE: "postcode",
}
_UNLISTED: Final = {
    Doubt.UNKNOWN_POSTCODE: ResponseKey.ADDRESS_UNKNOWN_POSTCODE,
    Doubt.UNKNOWN_SUBURB: ResponseKey.ADDRESS_UNKNOWN_SUBURB,
    Doubt.OTHER_POSTCODE: ResponseKey.ADDRESS_OTHER_POSTCODE,
    Doubt.OTHER_STATE: ResponseKey.ADDRESS_OTHER_STATE,
}
_LISTED: Final = {
    Doubt.OTHER_POSTCODE: ResponseKey.ADDRESS_LISTED_POSTCODES,
    Doubt.OTHER_STATE: ResponseKey.ADDRESS_LISTED_STATE,
}
DISAGREES: Final = frozenset(_UNLISTED)
"""Doubts that the customer may know better about than the list of postcodes."""


def doubt_says(
    address: PostalAddress, judgement: Judgement, evidence: Mapping[Doubt, Evidence]
) -> tuple[Say, ...]:
    """Say what is wrong with an address or missing from it, and ask for just that."""
    match judgement.doubt:
        case Doubt.INCOMPLETE:
            words = {"parts": _listed_parts(judgement.missing), "address": address.line}
            return (Say(ResponseKey.ASK_ADDRESS_PARTS, words=words),)
        case Doubt.POST_BOX:
            told = Say(ResponseKey.ADDRESS_NO_POST_BOX, checked=(evidence[Doubt.POST_BOX],))
            return (told, Say(ResponseKey.ASK_STREET_ADDRESS, joins=True))
        case Doubt.AS_BEFORE:
            checked = (evidence[Doubt.AS_BEFORE],)
            told = Say(
                ResponseKey.ADDRESS_AS_BEFORE, words={"address": address.line}, checked=checked
            )
            return (told, Say(ResponseKey.ASK_NEW_ADDRESS_AGAIN, joins=True))
        case Doubt() as doubt if doubt in _UNLISTED:
            return _disagrees(address, judgement, doubt, evidence[doubt])
        case _:
            return put(Question.NEW_ADDRESS)


def _disagrees(
    address: PostalAddress, judgement: Judgement, doubt: Doubt, told: Evidence
) -> tuple[Say, ...]:
    words = {name: value for name, value in address.written().items() if name in _PLACE}
    says = [Say(_UNLISTED[doubt], words=words, checked=(told,))]
    if judgement.listed:
        listed = {"listed": Fact(" or ".join(judgement.listed), told)}
        says.append(Say(_LISTED[doubt], words=words, facts=listed, joins=True))
    return (*says, Say(ResponseKey.ASK_ADDRESS_PLACE, joins=True))


_PLACE: Final = frozenset({"suburb", "state", "postcode"})


def _listed_parts(parts: tuple[Part, ...]) -> str:
    """Return parts as they are asked for: `the suburb, state and postcode`."""
    names = [_PARTS[part] for part in parts]
    if len(names) == 1:
        return f"the {names[0]}"
    return f"the {', '.join(names[:-1])} and {names[-1]}"
