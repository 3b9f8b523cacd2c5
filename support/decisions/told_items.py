"""What a message says of which item: "the kettle was smashed and the mugs are missing"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from support.decisions.missing_items import NO_LINES, Lines, Problem, Report
from support.ids import LineId
from support.mentions.item_matching import matches, telling_words
from support.mentions.item_words import stem
from support.mentions.items import items_in

Names = Mapping[LineId, str]
"""What the lines of an order are called."""

_MISSING: Final = re.compile(
    r"\b(?:missing|(?:is|are|was|were)(?:n'?t| not)\s+(?:in|inside|there|included|here)"
    r"|not\s+(?:all\s+)?(?:there|included|in\s+(?:the|my|it)|here)|(?:did|has|have)(?:n'?t|\s+not)\s+"
    r"(?:get|got|receive|received|come|came|arrive|arrived|include)|never\s+(?:came|arrived|got|received)"
    r"|left\s+out|forg[eo]t\w*|only\s+(?:got|received|came|sent|one|two|half|\d)|lacking|short(?:ed)?\b"
    r"|incomplete|absent|empty|nothing\s+(?:was\s+)?in(?:side)?\b|half\s+(?:of\s+)?(?:my|the|it)|no\s+sign\s+of|without\s+(?:the|my))",
    re.IGNORECASE,
)
_DAMAGED: Final = re.compile(
    r"\b(?:broke\w*|smash\w*|crack\w*|damag\w*|dent\w*|scratch\w*|torn|ripped|rip|shatter\w*|leak\w*"
    r"|fault\w*|defect\w*|chip(?:s|ped)\b|bent|snapped|crush\w*|squash\w*|stain\w*|mou?ld\w*|spilt"
    r"|spill\w*|bust\w*|wreck\w*|destroyed|ruined|in\s+pieces|(?:does|did|is|wo)(?:n'?t|\s+not)\s+"
    r"(?:work|working|turn|switch|start)\w*|not\s+working|stopped\s+working|dead\s+on\s+arrival"
    r"|(?:wrong|incorrect|different)\s+(?!with|address|parcel|number|email)\w+|not\s+(?:what|the\s+one)\s+i"
    r"\s+(?:ordered|bought)|(?:came|arrived|sent|got|received)\s+\w*\s*(?:wrong|opened|used|dirty)"
    r"|(?:is|it'?s|are|was|were)(?:\s+not|n'?t)\s+(?:mine|ours)\b|some(?:one|body)\s+else'?s\b"
    r"|instead\s+of|faded|holes?\b|scuff\w*|expired|but\s+(?:i\s+)?(?:got|received|you\s+sent)\s+(?:an?|the)\b)",
    re.IGNORECASE,
)
_FINE: Final = re.compile(
    r"(?<!not\s)\b(?:fine|ok(?:ay)?|all\s+good|intact|no\s+problems?|in\s+one\s+piece)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[.,;!?\n]+|\b(?:and|but|plus|also|while|whereas)\b", re.IGNORECASE)
_EVERYTHING: Final = re.compile(
    r"\b(?:everything|all\s+of\s+(?:it|them)|(?:the\s+)?(?:whole|entire)\s+(?:lot|thing|order)|the\s+lot"
    r"|both\s+of\s+them|all\s+(?:items|the\s+items))\b|^\W*(?:all|both)\W*$",
    re.IGNORECASE,
)
_REPLACES: Final = re.compile(
    r"\b(?:not|instead|actually|only|just|meant?|rather|sorry)\b", re.IGNORECASE
)
_PACKAGING: Final = frozenset({"box", "part", "bit", "packaging", "lid"})


def problem_told(text: str) -> Problem | None:
    """Return what is wrong; None where a message does not say, or says both."""
    told = _problems(_straight(text))
    return told[0] if len(told) == 1 else None


def means_everything(text: str) -> bool:
    """Say whether all of it is meant: "the whole lot"."""
    return bool(_EVERYTHING.search(text))


def replaces_what_was_said(text: str) -> bool:
    """Say whether a correction takes back what was said before: "not the kettle, the toaster"."""
    return bool(_REPLACES.search(text))


def lines_named(text: str, names: Names, phrases: Iterable[str] = ()) -> Lines:
    """Return the lines that a message names. `phrases` are items that were found in it already.

    What fits several lines names them all in the plural ("the chairs"), and none in the singular.
    """
    straight = _straight(text)
    found = {*phrases, *(one.value for one in items_in(straight))}
    called = [phrase for phrase in found if telling_words(phrase) - _PACKAGING]
    named = [_fitting(phrase, names) for phrase in called if not _is_denied(phrase, straight)]
    if any(_fitting(phrase, names) for phrase in called):
        return frozenset().union(*named) if named else NO_LINES
    return _by_single_words(straight, names)


def report_told(text: str, names: Names, phrases: Iterable[str] = ()) -> Report:
    """Return what a message says of which line, clause by clause.

    A line takes the problem of its own clause, else of the next that names one, else of the last.
    """
    straight = _straight(text)
    sorted_lines: dict[Problem, Lines] = dict.fromkeys(Problem, NO_LINES)
    waiting, fine, last = NO_LINES, NO_LINES, None
    for clause in _CLAUSE.split(straight):
        told = _problems(clause)
        if _FINE.search(clause) and not told:
            fine |= lines_named(clause, names)
            continue
        waiting |= lines_named(clause, names)
        if len(told) == 1:
            last = told[0]
            sorted_lines[last] |= waiting
            waiting = NO_LINES
    if last is not None:
        sorted_lines[last] |= waiting
        waiting = NO_LINES
    missing, damaged = sorted_lines[Problem.MISSING], sorted_lines[Problem.DAMAGED]
    damaged -= missing
    left = lines_named(straight, names, phrases) - missing - damaged - fine
    report = Report(missing, damaged, waiting | left, problem_told(straight))
    return report.settled()


def _problems(text: str) -> list[Problem]:
    patterns = ((Problem.MISSING, _MISSING), (Problem.DAMAGED, _DAMAGED))
    return [problem for problem, pattern in patterns if pattern.search(text)]


def _fitting(phrase: str, names: Names) -> Lines:
    """Return the lines that a phrase fits best; of equals none, unless it is in the plural."""
    words = set(stem(phrase).split())
    shared = {
        line: len(words & set(stem(name).split()))
        for line, name in names.items()
        if matches(phrase, name)
    }
    best = frozenset(line for line, count in shared.items() if count == max(shared.values()))
    return best if len(best) == 1 or phrase.rstrip().endswith("s") else NO_LINES


def _is_denied(phrase: str, text: str) -> bool:
    before = rf"\bnot\s+(?:(?:the|my|our|an?)\s+)?{re.escape(phrase)}"
    return bool(re.search(before, text, re.IGNORECASE))


def _by_single_words(text: str, names: Names) -> Lines:
    """Return the lines of which a word is used that belongs to no other line."""
    said = telling_words(text) - _PACKAGING
    owners = list(_owners(said, names))
    return frozenset(line for line, word in owners if not _is_denied(word, text))


def _owners(said: frozenset[str], names: Names) -> Iterator[tuple[LineId, str]]:
    words = {line: telling_words(name) for line, name in names.items()}
    for word in said:
        owning = [line for line, own in words.items() if word in own]
        if len(owning) == 1:
            yield owning[0], word


def _straight(text: str) -> str:
    return text.replace("\u2019", "'")
