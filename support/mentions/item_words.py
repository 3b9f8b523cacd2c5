"""The words that items are made of, and those that they are not."""

import re
from functools import lru_cache
from typing import Final

from support.mentions.typing_errors import with_a_letter_left_out

_WORD: Final = re.compile(r"[^\W_]+")
_KEEP_THEIR_S: Final = frozenset({"bus", "canvas", "christmas", "lens", "lotus", "plus", "xmas"})
_PLURAL_ENDINGS: Final = (
    (re.compile(r".{2,}ies"), "ies", "y"),
    (re.compile(r".{3,}ves"), "ves", "f"),
    (re.compile(r".+(?:ch|sh|ss|x|z)es"), "es", ""),
    (re.compile(r".{2,}[^s]s"), "s", ""),
)

_FUNCTION_WORDS: Final = """
a about actual after again ago all already also always am an and another any anyone anything are
around arrive arrived as asap ask at away back bare be because been before behind being bloody
bought broken but by called came can cancel cant care case catch change collection come coming
correct could damaged damn day days delivered did didnt do does doing done dont due each either
else entire even ever every faulty find five for four free from front fucking get getting give go
goddamn going gone good got had has hasnt have havent having he hello help her here hey hi him his
how hurry i if im in instead into is it its ive just keep kmart know last later left let like long
look lost lovely made make many may me might missing more most much must my need never new next no
not nothing now nowhere of off old on once one online only onto or order ordered other our out
over own paid please poor previous purchased put receive received reception right said same say
says send sent service she should show shows since six smashed so some someone something somewhere
soon still stuck stupid such take target than thank thanks that the their them then there these
they thing things think this those though three through till to today together told tomorrow too
took tracking two under until up update us use used very via waited waiting want was wasnt way we
week weeks well went were what whats when where wheres whether which while who whole whos why will
with within without wont would wrong x yesterday yet you your
"""
_NO_THINGS: Final = """
account address afternoon agent amount apologies apology app area attempt auspost baby back bank
basket bill birthday boss boy boyfriend brother browser budget building business car card carrier
cart cash child children choice christmas claim click code collection company complaint computer
concern concerns consumer contact contacts country courier credit customer dad date daughter day
deliver deliveries delivery department deposit details device dispatch doctor dog door doorstep
doubt driver driveway email emails english enquiry evening exchange expectation expectations
experience eye eyes family father fault feedback feelings fiance fingers flat flight friend front
fund gate gift girl girlfriend good goods grandchildren granddaughter grandkids grandma grandson
granny hair hand head health holiday home hope house husband information inquiry internet invoice
issue item job keycode kid kids legs letter letterbox life list location luck luggage mail mailbox
manager mate medication message mind mistake mobile money morning mother mum mums name neighbor
neighbour neighbours nephew niece night notification number office one onepass opinion option
order own package packages packet parcel parents partner party password patience pay payment
paypal person phone pickup place point porch post postcode postie postman preorder problem product
products profile property purchase purchases query question reason receipt record records
reference refund replacement reply request return rights role self shipment shipping shop shopping
side sister situation sms son spam spouse staff state status stop store street stuff suburb
support team text thing thought time toddler town tracking transaction trip turn understanding
unit voicemail wait wallet website wedding week weekend wife woman word words work workplace
"""
NOT_IN_ITEM: Final = frozenset(_FUNCTION_WORDS.split())
"""Words at which the phrase that names an item ends."""


@lru_cache(maxsize=4096)
def stem(phrase: str) -> str:
    """Return a phrase in lower case and in the singular, as names of items are compared."""
    return " ".join(_singular(word) for word in _WORD.findall(phrase.lower().replace("'", "")))


def _singular(word: str) -> str:
    if word in _KEEP_THEIR_S:
        return word
    for pattern, plural, singular in _PLURAL_ENDINGS:
        if pattern.fullmatch(word):
            return word.removesuffix(plural) + singular
    return word


_NO_ITEM: Final = frozenset(stem(word) for word in _NO_THINGS.split())
# "my oder", "my parcle": what is mistyped most, because it is typed most.
_OFTEN_MISTYPED: Final = (
    "order",
    "parcel",
    "package",
    "delivery",
    "shipment",
    "item",
    "stuff",
    "address",
    "consignment",
)
_MISTYPED: Final = frozenset(
    shortened for word in _OFTEN_MISTYPED for shortened in (word, *with_a_letter_left_out(word))
)


def is_no_item(word: str) -> bool:
    """Whether a word is what people call "my ..." and nobody ships, a typing error forgiven."""
    singular = stem(word)
    spellings = (singular, *with_a_letter_left_out(singular))
    return singular in _NO_ITEM or not _MISTYPED.isdisjoint(spellings)
