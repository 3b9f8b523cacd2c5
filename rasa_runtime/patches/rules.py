"""How Rasa finds the rules that apply."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

Lookup = dict[str, str]
State = dict[str, dict[str, Any]]
Situation = tuple[str | None, str | None]
"""What was done last and what the customer wants; None where a rule does not ask for it."""


def look_rules_up_by_situation() -> None:
    """Compare a conversation only with rules that end in its last action and intent.

    Rasa compares it with every rule, up to three times for each action it predicts, so that a turn
    costs more with each rule that is added.
    """
    indexed = cache(_IndexedRules)

    def possible_keys(self: RulePolicy, lookup: Lookup, states: list[State]) -> set[str]:
        likely = indexed(tuple(lookup)).that_may_end_in(states[-1]) if states else lookup
        found: set[str] = _stock_possible_keys(self, dict.fromkeys(likely), states)
        return found

    RulePolicy._get_possible_keys = possible_keys  # noqa: SLF001 the patch itself


_stock_possible_keys = RulePolicy._get_possible_keys  # noqa: SLF001 the patch itself


class _IndexedRules:
    """Rules by the situation that their last state asks for."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._all = keys
        self._keys: defaultdict[Situation, list[str]] = defaultdict(list)
        for key in keys:
            self._keys[_situation(RulePolicy._rule_key_to_state(key)[-1])].append(key)  # noqa: SLF001

    def that_may_end_in(self, state: State) -> Iterable[str]:
        """Yield the rules whose last state does not contradict this one."""
        action, intent = _situation(state)
        if action is None:  # a conversation that begins, which Rasa compares in its own way
            yield from self._all
            return
        for situation in {(action, intent), (action, None), (None, intent), (None, None)}:
            yield from self._keys.get(situation, ())


def _situation(state: State) -> Situation:
    action = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    intent = state.get(USER, {}).get(INTENT)
    return action or None, intent or None
