"""Rasa as it is, and with patches: whatever a test patches is put back."""

from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event

PATCHED: tuple[tuple[Any, str], ...] = (
    (Event, "resolve_by_type"),
    (Domain, "states_for_tracker_history"),
    (RulePolicy, "_get_possible_keys"),
    (RemoteAction, "_validate_action_result"),
)


@pytest.fixture(autouse=True)
def stock_rasa_afterwards() -> Iterator[None]:
    stock = [(owner, name, vars(owner)[name]) for owner, name in PATCHED]
    yield
    for owner, name, value in stock:
        setattr(owner, name, value)
