"""Changes to Rasa itself, each with what it saves.

All were written against Rasa 3.6.21, and `apply` refuses any other version. Only one changes what
Rasa answers: `abort_turn_when_action_fails`, which is there to do so. What each of the others saves
of a turn stands in docs/performance.md. tests/rasa_runtime/patches notices when Rasa changes
underneath.
"""

import rasa
from rasa.core.processor import MessageProcessor

from rasa_runtime.patches.actions import (
    abort_turn_when_action_fails,
    check_each_event_against_its_own_schema,
)
from rasa_runtime.patches.conversation import (
    look_event_types_up_once,
    retrace_a_conversation_once_per_step,
)
from rasa_runtime.patches.graph import (
    lay_weights_out_for_sparse_rows,
    plan_graph_runs_once,
    recall_nothing_where_nothing_was_memorised,
)
from rasa_runtime.patches.rules import look_rules_up_by_situation
from rasa_runtime.patches.understanding import understand_once_what_is_said_again

RASA_VERSION = "3.6.21"


class UnknownRasaVersion(Exception):
    """The patches were not written for this version of Rasa."""


def apply(processor: MessageProcessor) -> None:
    """Apply all patches; raise UnknownRasaVersion if Rasa is not the one they were written for."""
    if rasa.__version__ != RASA_VERSION:
        raise UnknownRasaVersion(f"Rasa is {rasa.__version__}; the patches are for {RASA_VERSION}.")
    look_event_types_up_once()
    retrace_a_conversation_once_per_step()
    look_rules_up_by_situation()
    check_each_event_against_its_own_schema()
    lay_weights_out_for_sparse_rows(processor)
    recall_nothing_where_nothing_was_memorised(processor)
    understand_once_what_is_said_again(processor)
    plan_graph_runs_once(processor)
    abort_turn_when_action_fails(processor)
