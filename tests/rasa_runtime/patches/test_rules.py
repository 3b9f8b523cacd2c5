import itertools
import json
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RulePolicy

from rasa_runtime.patches import rules
from rasa_runtime.patches.rules import look_rules_up_by_situation

State = dict[str, dict[str, Any]]
ACTIONS = (None, "action_listen", "utter_greet")
INTENTS = (None, "greet", "goodbye")
LOOPS = (None, "identity_form")


def state(action: str | None, intent: str | None, loop: str | None) -> State:
    parts = {
        "prev_action": {"action_name": action} if action else {},
        "user": {"intent": intent} if intent else {},
        "active_loop": {"name": loop} if loop else {},
    }
    return {kind: part for kind, part in parts.items() if part}


STATES = [state(*parts) for parts in itertools.product(ACTIONS, INTENTS, LOOPS)]
RULES = {
    json.dumps(steps): "utter_greet"
    for steps in (
        [[last] for last in STATES] + [[first, last] for first in STATES for last in STATES]
    )
}


@pytest.fixture(scope="module")
def policy() -> RulePolicy:
    return RulePolicy.__new__(RulePolicy)  # which rules apply depends on nothing that it holds


@pytest.mark.parametrize("now", STATES)
@pytest.mark.parametrize("before", [None, STATES[0], STATES[7], STATES[-1]])
def test_the_rules_found_are_those_that_rasa_finds(
    policy: RulePolicy, before: State | None, now: State
):
    conversation = [now] if before is None else [before, now]
    stock = rules._stock_possible_keys(policy, RULES, conversation)
    look_rules_up_by_situation()
    assert policy._get_possible_keys(RULES, conversation) == stock


def test_rules_that_cannot_apply_are_not_looked_at(policy: RulePolicy, monkeypatch: Any):
    look_rules_up_by_situation()
    looked_at: list[str] = []
    monkeypatch.setattr(
        RulePolicy, "_is_rule_applicable", lambda _, key, *__: looked_at.append(key)
    )
    policy._get_possible_keys(RULES, [state("action_listen", "greet", None)])
    assert 0 < len(looked_at) < len(RULES) / 2


def test_a_conversation_without_states_fits_every_rule(policy: RulePolicy):
    look_rules_up_by_situation()
    assert policy._get_possible_keys(RULES, []) == set(RULES)
