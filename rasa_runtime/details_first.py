"""Lets details in a message count for more than the pleasantries around them."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, ENTITY_ATTRIBUTE_TYPE, INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from support.identifiers.addresses import addresses_in
from support.identifiers.one_time_codes import code_in

DETAILS = frozenset({"order_number", "email", "phone"})
GIVES_WAY = frozenset(
    {"greet", "thanks", "goodbye", "affirm", "bot_challenge", "out_of_scope", "nlu_fallback"}
)
"""Intents that say nothing about an order: with an order number beside them they are not the point.

"No" is not among them: with a number it is a correction, which `action_deny` takes up.
"""
PLEASANTRIES = frozenset({"greet", "thanks", "bot_challenge"})
"""Intents that are answered without an action, which would look whether a question is open."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DetailsFirst(GraphComponent):
    """Makes "cheers, it's 410200341" or "482913 thanks" a `provide_details`, not a `thanks`.

    Belongs behind the classifier and the fallback; the ranking stays as it was.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DetailsFirst":
        """Create the component; it needs no settings of config.yml."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Change the intent of messages that hold details beside a pleasantry."""
        for message in messages:
            intent = message.get(INTENT) or {}
            name = intent.get(INTENT_NAME_KEY)
            answers = name in PLEASANTRIES and _holds_an_answer(message.get(TEXT) or "")
            if answers or (name in GIVES_WAY and _holds_details(message)):
                details = {**intent, INTENT_NAME_KEY: "provide_details"}
                message.set(INTENT, details, add_to_output=True)
        return messages


def _holds_details(message: Message) -> bool:
    entities = message.get(ENTITIES, [])
    return any(entity[ENTITY_ATTRIBUTE_TYPE] in DETAILS for entity in entities)


def _holds_an_answer(text: str) -> bool:
    """Say whether a text gives what procedures ask for: a one-time code, or an address."""
    return code_in(text) is not None or next(addresses_in(text), None) is not None
