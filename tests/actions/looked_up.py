"""Watches what is looked up while an answer is made, and holds what is said against it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.address_wording import POSTCODE_LIST
from actions.cases import KIND_NAMES
from actions.cases import SOURCE as CASE_SYSTEM
from actions.formatting import state_name
from actions.provenance import WORDS, Origin
from actions.reply import Say
from actions.responses import ResponseKey
from actions.tickets import SOURCE as MARKETPLACE
from support.decisions.parcel_states import ParcelState
from support.facts import Evidence
from support.identification import SOURCES as ORDER_SYSTEMS
from support.knowledge.disruptions import Disruptions
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.places.states import State
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.registry import profile_of
from support.systems.cases.memory import MemoryCaseSystem
from support.systems.marketplace.memory import MemoryMarketplace
from support.systems.orders.memory import MemoryOrderSystem
from tests.actions.rendering import SLOT, variants
from tests.orders import NOW

Place = tuple[str, str]
"""A response key and a place in it that is filled."""

_WORD: Final = re.compile(r"[A-Za-z]+(?:['&][A-Za-z]+)*")
_MASKED: Final = re.compile(r"\w\u2022+")
_CALENDAR: Final = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December and or on am pm to up the"
)
_SYSTEMS: Final = {
    MemoryOrderSystem: ("order", "orders_of"),
    MemoryCaseSystem: ("open", "case", "cases_of"),
    MemoryMarketplace: ("open_ticket", "tickets_of", "escalate"),
    MemoryCarriers: ("track",),
}


def _ours() -> frozenset[str]:
    """Return the words by which states, kinds of cases, ways and regions are called."""
    names = [
        _CALENDAR,
        *(state_name(state) for state in ParcelState),
        *KIND_NAMES.values(),
        "Kmart Target online standard express metro regional remote hours days business day",
        "carrier store seller",
        *State,
    ]
    return frozenset(word.lower() for name in names for word in _WORD.findall(name))


OUR_WORDS: Final = _ours()


@dataclass
class LookedUp:
    """What the systems and the knowledge said during one conversation, and what was made of it."""

    evidence: set[Evidence] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    typed: str = ""
    values: dict[Place, set[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def forget(self) -> None:
        """Begin another conversation."""
        self.evidence, self.words, self.typed = set(), set(), ""

    def knows(self, told: Evidence, *contents: object) -> None:
        """Note that somebody said this."""
        self.evidence.add(told)
        for content in contents:
            self.words |= {word.lower() for word in _WORD.findall(str(content).replace("\\n", " "))}

    def heard(self, text: str) -> None:
        """Note what the customer typed, pressed or gave."""
        self.typed += f" {text.lower()}"

    def check(self, say: Say) -> None:
        """Hold what fills a text against what was looked up, at the moment when it is filled."""
        if say.key is ResponseKey.TROUBLE:
            self.wrong.append("an action crashed")
        message = _uttered(say)
        for variant in variants()[say.key]:
            for place in SLOT.findall(variant["text"]):
                if place not in message:
                    self.wrong.append(f"{say.key}: nothing fills {{{place}}}")
        for place, fact in say.facts.items():
            self.values.setdefault((say.key, place), set()).add(fact.value)
            self._check_fact(f"{say.key} {{{place}}} = {fact.value!r}", fact.value, fact.evidence)
            if fact.evidence.source not in {one["source"] for one in message["evidence"]}:
                self.wrong.append(f"{say.key}: the reply does not show who said {{{place}}}")
        for told in say.checked:
            self._check_evidence(str(say.key), told)
        for place, value in say.words.items():
            self._check_words(say, place, value)

    def _check_fact(self, where: str, value: str, told: Evidence) -> None:
        self._check_evidence(where, told)
        named = {word.lower() for word in _WORD.findall(_MASKED.sub("", value))}
        if invented := named - self.words - OUR_WORDS:
            self.wrong.append(f"{where}: nobody said {sorted(invented)}")

    def _check_evidence(self, where: str, told: Evidence) -> None:
        if told not in self.evidence and told.source != POSTCODE_LIST:
            self.wrong.append(f"{where}: {told.source} was not asked at {told.at}")

    def _check_words(self, say: Say, place: str, value: str) -> None:
        where = f"{say.key} {{{place}}} = {value!r}"
        match WORDS[say.key][place]:
            case Origin.COUNT if not value.isdigit():
                self.wrong.append(f"{where}: counts nothing")
            case Origin.CUSTOMER:
                parts = re.findall(r"\w+", value.lower())
                if foreign := [part for part in parts if part not in self.typed.replace(" ", "")]:
                    self.wrong.append(f"{where}: the customer did not say {foreign}")


UTTER: Final = Say.utter


def _uttered(say: Say) -> dict[str, Any]:
    dispatcher = CollectingDispatcher()
    UTTER(say, dispatcher)
    return dict(dispatcher.messages[0])


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> LookedUp:
    """Watch every look-up, and every text as it is filled."""
    watch = LookedUp()

    def utter(say: Say, *arguments: Any) -> None:
        watch.check(say)
        UTTER(say, *arguments)

    monkeypatch.setattr(Say, "utter", utter)
    for system, methods in _SYSTEMS.items():
        for name in methods:
            monkeypatch.setattr(system, name, _watched(getattr(system, name), watch))
    _watch_knowledge(monkeypatch, watch)
    return watch


def _watched(method: Callable[..., Any], watch: LookedUp) -> Callable[..., Any]:
    async def watched(self: object, *given: Any, **named: Any) -> Any:
        if isinstance(self, MemoryCarriers):
            name = profile_of(given[0]).name
            watch.knows(Evidence(name, NOW), name)
        answer = await method(self, *given, **named)
        for one in answer if isinstance(answer, tuple) else (answer,):
            _note(watch, self, one)
        return answer

    return watched


def _note(watch: LookedUp, system: object, one: Any) -> None:
    match system:
        case MemoryOrderSystem():
            carriers = [profile_of(parcel.carrier) for parcel in one.parcels if parcel.carrier]
            watch.knows(Evidence(ORDER_SYSTEMS[one.brand], NOW), one, *carriers, "Order system")
        case MemoryCarriers():
            profile = profile_of(one.carrier)
            watch.knows(Evidence(profile.name, one.looked_up_at), one, profile)
        case MemoryCaseSystem():
            watch.knows(Evidence(CASE_SYSTEM, NOW), one)
        case _:
            watch.knows(Evidence(MARKETPLACE, NOW), one)


def _watch_knowledge(monkeypatch: pytest.MonkeyPatch, watch: LookedUp) -> None:
    evidence, disruptions = Library.evidence, Disruptions.all

    def read(self: Library, key: KnowledgeKey) -> Evidence | None:
        told = evidence(self, key)
        if told is not None:
            value = self.entries[key].value
            watch.knows(told, value.spoken if value else "")
        return told

    def announced(self: Disruptions) -> Any:
        found = disruptions(self)
        for one in found:
            watch.knows(one.evidence, one.about)
        return found

    monkeypatch.setattr(Library, "evidence", read)
    monkeypatch.setattr(Disruptions, "all", announced)
