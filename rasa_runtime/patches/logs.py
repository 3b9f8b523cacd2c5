"""What Rasa does for logs that nobody reads."""

from types import ModuleType, SimpleNamespace
from typing import TypeVar

from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.policies import memoization, rule_policy

MODULES: tuple[ModuleType, ...] = (processor, forms, memoization, rule_policy)
"""Modules that copy for nothing but debug logs; a test reads their source to make sure."""

T = TypeVar("T")


def copy_nothing_for_debug_logs() -> None:
    """Hand debug logs what there is instead of a deep copy.

    Rasa copies states, events and entities for its debug logs, which are off, up to ten times a
    turn.
    """
    for module in MODULES:
        module.copy = SimpleNamespace(deepcopy=_as_it_is)  # type: ignore[attr-defined]


def _as_it_is(value: T) -> T:
    return value
