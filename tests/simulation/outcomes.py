"""What a conversation has come to so far, and rules for when a problem counts as dealt with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from actions.question_wording import WORDINGS
from actions.questions import Question
from sandbox.demo.pieces import Json
from support.systems.cases.models import CaseKind
from support.systems.marketplace.models import TicketReason
from tests.simulation.facts import Facts
from tests.simulation.reading import keys_in
from tests.simulation.truth import told_statuses

_WITHOUT_PROMISE: Final = (
    "utter_parcel_no_date",
    "utter_parcel_eta_",
    "utter_parcel_time_",
    "utter_parcel_sending_",
)
"""How keys begin that say what is known of the day where none was promised."""

_COMING: Final = frozenset({"processing", "picking", "shipped", "out for delivery", "delayed"})


@dataclass(frozen=True)
class Outcome:
    """The replies so far, and the sandbox's data as it stands now."""

    texts: Sequence[str]
    facts: Facts

    @property
    def text(self) -> str:
        """Everything the customer has read."""
        return "\n".join(self.texts)

    @property
    def keys(self) -> frozenset[str]:
        """Every response that was said."""
        return frozenset(key for text in self.texts for key in keys_in(text))


Rule = Callable[[Outcome], bool]


def told(*keys: str) -> Rule:
    """Any of these responses was said."""
    return lambda outcome: bool(outcome.keys & set(keys))


def any_of(*rules: Rule) -> Rule:
    """One of these holds."""
    return lambda outcome: any(rule(outcome) for rule in rules)


def all_of(*rules: Rule) -> Rule:
    """All of these hold."""
    return lambda outcome: all(rule(outcome) for rule in rules)


def once_asked(question: Question, rule: Rule, *, until_then: Rule) -> Rule:
    """The rule, as soon as the assistant knows how to ask this; before that, a lesser one."""
    return rule if question in WORDINGS else until_then


def case(*kinds: CaseKind, with_new_address: bool = False) -> Rule:
    """A case of one of these kinds exists, and its reference was told."""

    def rule(outcome: Outcome) -> bool:
        fitting = [one for one in outcome.facts.cases if one["kind"] in kinds]
        return any(
            one["reference"] in outcome.text
            and (not with_new_address or _holds_address(one, outcome))
            for one in fitting
        )

    return rule


def ticket(*reasons: TicketReason) -> Rule:
    """A Marketplace ticket for one of these reasons exists, and its reference was told."""

    def rule(outcome: Outcome) -> bool:
        return any(
            one["request"]["reason"] in reasons and one["reference"] in outcome.text
            for one in outcome.facts.tickets
        )

    return rule


def every_status(outcome: Outcome) -> bool:
    """The status of every parcel was told."""
    count = len(outcome.facts.world.told)
    found = {position for text in outcome.texts for position in told_statuses(text, count)}
    return found == set(range(1, count + 1))


def every_date(outcome: Outcome) -> bool:
    """For every parcel that is coming, the promised day was told, or that there is none."""
    return all(
        _date_told(one.parcel["promised_by"], outcome)
        for one in outcome.facts.world.told
        if one.states & _COMING
    )


def store_named(outcome: Outcome) -> bool:
    """The store was told, wherever something waits in one."""
    parcels = outcome.facts.world.demo.order["parcels"]
    waiting = (one.get("store") for one in parcels if one["status"] != "collected")
    return all(store["name"] in outcome.text for store in waiting if store)


def _date_told(promised: str | None, outcome: Outcome) -> bool:
    facts = outcome.facts
    if promised is None:
        return any(key.startswith(_WITHOUT_PROMISE) for key in outcome.keys)
    return any(said in outcome.text for said in facts.said_times(promised))


def _holds_address(one: Json, outcome: Outcome) -> bool:
    new = outcome.facts.world.plan.other_home
    details = " ".join(str(value) for value in one["request"]["details"].values())
    return all(part.casefold() in details.casefold() for part in (new.line1, new.postcode))
