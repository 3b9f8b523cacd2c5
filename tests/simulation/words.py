"""What customers answer, in their own words, by what they mean and by their manner.

`PLAIN` stands in for a manner without a row. `{}` fields are filled from the order.
"""

from collections.abc import Mapping
from enum import StrEnum
from random import Random
from typing import Final

from tests.simulation.personas import Manner


class Meaning(StrEnum):
    """What an answer means."""

    BOTH = "both"
    NUMBER = "number"
    CONTACT = "contact"
    CORRECTED = "corrected"
    YES = "yes"
    NO = "no"
    NOT_THERE = "not_there"
    NOBODY_HAS_IT = "nobody_has_it"
    NO_CARD = "no_card"
    STORE_HAS_NOT = "store_has_not"
    THIS_ONE = "this_one"
    ADDRESS = "address"
    CODE = "code"
    REFUND = "refund"
    CHANGED_MIND = "changed_mind"
    NOT_THAT_BUT = "not_that_but"
    INDIRECT = "indirect"
    WHAT_NOW = "what_now"
    THANKS = "thanks"


Words = Mapping[Manner, tuple[str, ...]]

_WORDS: Final[Mapping[Meaning, Words]] = {
    Meaning.BOTH: {
        Manner.TERSE: ("{number} {contact}", "{number}, {contact}", "{contact} {number}"),
        Manner.PLAIN: (
            "order {number} and the email is {contact}",
            "it's {number}, I used {contact}",
            "number's {number}, contact {contact}",
        ),
        Manner.CHATTY: (
            "Just dug out the confirmation, says {number}, and I would've put in {contact}",
            "ok got it in front of me now: {number}. and {contact} for the other bit",
        ),
        Manner.ANGRY: (
            "{number}. {contact}. now tell me",
            "how many times do I have to type this, {number} and {contact}",
        ),
        Manner.CONFUSED: (
            "is it this one? {number}, and my details are {contact}",
            "i think you mean {number} .. and {contact}?",
        ),
    },
    Meaning.NUMBER: {
        Manner.TERSE: ("{number}", "no {number}", "#{number}"),
        Manner.PLAIN: ("the order number is {number}", "it's {number}", "{number} is the one"),
        Manner.CHATTY: ("found the email finally, it says {number} at the top",),
        Manner.ANGRY: ("{number}", "it's {number}, same as it was last time I asked"),
        Manner.CONFUSED: ("there's a long number {number} is that the one you want",),
    },
    Meaning.CONTACT: {
        Manner.TERSE: ("{contact}",),
        Manner.PLAIN: ("{contact}", "should be {contact}", "I checked out with {contact}"),
        Manner.CHATTY: ("oh that'd be {contact}, had that one for yonks",),
        Manner.ANGRY: ("{contact}", "for crying out loud, {contact}"),
        Manner.CONFUSED: ("maybe {contact}? i only have the one",),
    },
    Meaning.CORRECTED: {
        Manner.TERSE: ("{number} {contact}", "sorry {number} {contact}"),
        Manner.PLAIN: (
            "oops, typo. {number} and {contact}",
            "sorry my bad, I meant {number}, {contact}",
            "hang on, read it off the email now: {number} with {contact}",
        ),
    },
    Meaning.YES: {
        Manner.TERSE: ("yes", "yep", "y", "yeah", "ok"),
        Manner.PLAIN: ("yes please", "yeah go for it", "yep do that", "sure, thanks"),
        Manner.CHATTY: ("oh yes please that'd be awesome", "yeah that would be great thank you"),
        Manner.ANGRY: ("YES", "yes obviously", "yes do it"),
        Manner.CONFUSED: ("um yes please", "yes i think so"),
    },
    Meaning.NO: {
        Manner.TERSE: ("no", "nah", "nope"),
        Manner.PLAIN: ("no thanks", "nah all good", "no, that's fine"),
        Manner.ANGRY: ("no", "NO"),
        Manner.CONFUSED: ("um no", "no i dont think so"),
    },
    Meaning.NOT_THERE: {
        Manner.TERSE: ("no", "not there", "nah nothing", "looked. nothing"),
        Manner.PLAIN: (
            "no, I've had a good look and it's nowhere",
            "nope, nothing around the house at all",
            "had a look already, nothing there",
        ),
        Manner.CHATTY: (
            "I've been right round the house twice and even under the deck, nothing there sadly",
            "nah not there, the dog would've found it first haha",
        ),
        Manner.ANGRY: ("NO it's NOT there", "obviously I looked. nothing."),
        Manner.CONFUSED: ("i looked and there is nothing there i think", "um no its not there"),
    },
    Meaning.NOBODY_HAS_IT: {
        Manner.TERSE: ("no", "nope", "nobody"),
        Manner.PLAIN: (
            "no, I asked around and nobody has it",
            "nobody's got it, I knocked on both sides",
            "no one here has seen it",
        ),
        Manner.CHATTY: (
            "asked old Trev across the road and the young ones next door, nobody has it",
        ),
        Manner.ANGRY: ("NO. nobody has it", "no, no one has it, I've asked"),
        Manner.CONFUSED: ("i asked and no one has it", "um no nobody does"),
    },
    Meaning.NO_CARD: {
        Manner.TERSE: ("no", "no card", "none"),
        Manner.PLAIN: ("no card that I can see", "nope, no card, no email", "there wasn't a card"),
        Manner.CHATTY: ("had a squiz in the letterbox and there's no card, just bills lol",),
        Manner.ANGRY: ("no card. nothing.", "NO CARD"),
        Manner.CONFUSED: ("no card i think", "um there was no card"),
    },
    Meaning.STORE_HAS_NOT: {
        Manner.TERSE: ("yes not there", "asked. no"),
        Manner.PLAIN: (
            "yes I rang them, it's not there",
            "asked at the counter, they can't find it",
        ),
        Manner.ANGRY: ("yes I asked and they can't find it either",),
    },
    Meaning.THIS_ONE: {
        Manner.TERSE: ("{item}", "the {item}"),
        Manner.PLAIN: ("the one with the {item}", "it's about the {item}", "the {item} please"),
        Manner.ANGRY: ("the {item}!",),
    },
    Meaning.ADDRESS: {
        Manner.TERSE: ("{address}",),
        Manner.PLAIN: ("it should go to {address}", "{address} please", "new address is {address}"),
        Manner.CHATTY: ("we've moved, so the right one is {address}",),
        Manner.ANGRY: ("{address}. get it right this time",),
    },
    Meaning.CODE: {
        Manner.TERSE: ("{code}",),
        Manner.PLAIN: ("{code}", "the code is {code}", "got it, {code}"),
    },
    Meaning.REFUND: {
        Manner.TERSE: ("refund",),
        Manner.PLAIN: ("I'd rather have my money back", "a refund please"),
        Manner.ANGRY: ("REFUND. now", "give me my money back right now"),
    },
    Meaning.NOT_THAT_BUT: {
        Manner.PLAIN: (
            "ok, actually that's not what I'm after. {problem}",
            "right, but what I really came for: {problem}",
            "fair enough. the thing is, {problem}",
        ),
    },
    Meaning.CHANGED_MIND: {
        Manner.PLAIN: (
            "actually, I changed my mind, yes please",
            "hang on, yes, let's do it after all",
            "on second thoughts yes please go ahead",
        ),
    },
    Meaning.INDIRECT: {
        Manner.PLAIN: (
            "look I just need it before the weekend",
            "my partner usually looks after this stuff",
            "well I've been a customer for years you know",
            "I was at the store on Saturday and they were lovely about it",
        ),
    },
    Meaning.WHAT_NOW: {
        Manner.PLAIN: (
            "what do you need from me?",
            "where would i find that sorry",
            "which number do you mean",
        ),
    },
    Meaning.THANKS: {
        Manner.TERSE: ("ta", "thx", "ok thanks"),
        Manner.PLAIN: ("thanks for that", "cheers, that's all", "thank you"),
        Manner.CHATTY: ("you've been a massive help thank you so much!",),
        Manner.ANGRY: ("fine. thanks",),
    },
}


def words(meaning: Meaning, manner: Manner, chance: Random, **fields: str) -> str:
    """Return one way to say this, its fields filled."""
    rows = _WORDS[meaning]
    return chance.choice(rows.get(manner, rows[Manner.PLAIN])).format(**fields)


def every_wording() -> tuple[str, ...]:
    """Return every text of the tables, to hold against the training data."""
    return tuple(text for rows in _WORDS.values() for several in rows.values() for text in several)
