"""How customers put their problem: in full, and in as few words as some people use.

`{item}` is what was bought, as its buyer calls it; `{store}` and `{seller}` are names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """The same problem in several words and in few."""

    full: tuple[str, ...]
    short: tuple[str, ...]


OF_PROBLEM: Final[Mapping[str, ProblemWords]] = {
    "where is it": ProblemWords(
        full=(
            "just wondering where my {item} has got to",
            "could you look up where my order's up to, it's a {item}",
            "any idea where the {item} I bought online is at the moment",
            "I'd love to know what's going on with my {item} order",
            "my {item}, where's it at",
            "trying to work out where my {item} order is right now",
        ),
        short=(
            "wheres my {item}",
            "where is my {item} order",
            "{item} order where",
            "order status {item}",
        ),
    ),
    "when will it come": ProblemWords(
        full=(
            "what day should my {item} get here",
            "roughly when is the {item} meant to turn up at my place",
            "need to know which day the {item} will land so I can be home",
            "when can I expect the {item} to rock up",
            "can you tell me when my {item} is going to be delivered",
        ),
        short=(
            "when will {item} arrive",
            "{item} eta",
            "what day does my {item} come",
            "when is delivery",
        ),
    ),
    "tracking not moving": ProblemWords(
        full=(
            "the tracking for my {item} hasn't changed in ages",
            "tracking on the {item} has been saying the same thing for days",
            "my {item} tracking looks frozen, there's been no new scan",
            "the tracking page for my {item} hasn't moved since last week or so",
        ),
        short=("tracking not moving", "tracking stuck on my {item}", "no tracking update for days"),
    ),
    "no tracking": ProblemWords(
        full=(
            "I never got a tracking number for the {item}",
            "there's no tracking for my {item}, how come",
            "still waiting on a tracking link for the {item} I ordered",
            "can't see any tracking info at all for my {item}",
        ),
        short=("no tracking number", "no tracking for {item}", "where is my tracking number"),
    ),
    "late": ProblemWords(
        full=(
            "my {item} was meant to be here already and it's late",
            "the {item} is running late, it should have been delivered by now",
            "delivery of my {item} is overdue, what's the hold up",
            "the date you gave me for the {item} has come and gone and it's still not delivered",
        ),
        short=("{item} is late", "my order is overdue", "late delivery {item}"),
    ),
    "delivered, not here": ProblemWords(
        full=(
            "it says my {item} was delivered but it's not at my place",
            "tracking reckons the {item} got delivered, I don't have it",
            "apparently my {item} has been delivered but I haven't received anything",
            "the {item} shows as delivered and there's nothing here",
            "delivered according to you, but my {item} isn't here",
        ),
        short=(
            "says delivered not here",
            "{item} delivered but not received",
            "delivered but i dont have it",
        ),
    ),
    "collected, not by me": ProblemWords(
        full=(
            "it says my {item} was picked up from the store but I never collected it",
            "my {item} shows as collected, I haven't been in to get it",
            "the app says somebody collected my {item} and it wasn't me",
        ),
        short=("says collected but i didnt", "{item} marked collected not by me"),
    ),
    "something missing or broken": ProblemWords(
        full=(
            "my {item} turned up broken",
            "opened the box and the {item} is smashed",
            "the {item} came damaged, there's a big crack in it",
            "the box arrived but part of my {item} is missing",
            "there are bits missing from the {item} that was delivered",
        ),
        short=("{item} arrived broken", "{item} damaged", "parts missing from my {item}"),
    ),
    "wrong address, not sent": ProblemWords(
        full=(
            "I stuffed up the address on my {item} order",
            "I've put my old address on the {item} order, can it be fixed",
            "the delivery address for my {item} is wrong, I need it sent somewhere else",
            "we moved and the {item} is going to the old house, need the address changed",
        ),
        short=(
            "wrong address on my order",
            "need to change delivery address",
            "address is wrong for {item}",
        ),
    ),
    "wrong address, on its way": ProblemWords(
        full=(
            "my {item} is on its way to the wrong address",
            "the {item} you sent is heading to my old address, can it be redirected",
            "just noticed the {item} was shipped to the wrong address",
            "I gave the wrong address and my {item} has already been sent",
        ),
        short=(
            "sent to wrong address",
            "{item} going to wrong address",
            "redirect my {item} wrong address",
        ),
    ),
    "Marketplace seller": ProblemWords(
        full=(
            "I bought a {item} from {seller} on your marketplace and want to know what's happening",
            "the {item} is from a marketplace seller, {seller}, where do I stand",
            "my {item} is sold by {seller}, is that handled by the marketplace",
        ),
        short=(
            "marketplace order {item}",
            "{seller} marketplace item",
            "bought from marketplace seller",
        ),
    ),
    "Marketplace, not here": ProblemWords(
        full=(
            "{seller} says my {item} was delivered but I don't have it",
            "the {item} from {seller} is marked delivered and it's not here",
            "my {item} shows delivered, I never received it",
        ),
        short=("{item} says delivered not here", "delivered but i dont have my {item}"),
    ),
    "Click & Collect": ProblemWords(
        full=(
            "is my {item} ready to pick up at the store yet",
            "I did click and collect for a {item}, can I come and get it",
            "checking whether my click & collect {item} is ready",
            "which shop do I pick the {item} up from, and is it ready",
        ),
        short=(
            "click and collect ready?",
            "is my {item} ready to collect",
            "can i pick up my {item}",
        ),
    ),
    "what about my case": ProblemWords(
        full=(
            "you opened a case about my {item} the other day, any news on it",
            "what's happening with the investigation into my missing {item}",
            "I've got a case open for the {item}, how is it going",
        ),
        short=("update on my case", "any news on my case", "status of my investigation"),
    ),
    "wants a person": ProblemWords(
        full=(
            "can I please speak to a real person about my {item}",
            "I'd rather talk to a human about this",
            "is there somebody I can talk to about my order",
            "put me through to someone in customer service please",
        ),
        short=("human please", "talk to a person", "speak to someone"),
    ),
}


def every_wording() -> tuple[str, ...]:
    """Return every text of the tables, to hold against the training data."""
    return tuple(text for one in OF_PROBLEM.values() for text in (*one.full, *one.short))
