"""Lets details in a message count for more than the pleasantries around them."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, ENTITY_ATTRIBUTE_TYPE, INTENT, INTENT_NAME_KEY
from rasa.shared.nlu.training_data.message import Message

DETAILS = frozenset({"order_number", "email", "phone"})
GIVES_WAY = frozenset(
    {"greet", "thanks", "goodbye", "affirm", "bot_challenge", "out_of_scope", "nlu_fallback"}
)
"""Intents that say nothing about an order: with an order number beside them they are not the point.

"No" is not among them: with a number it is a correction, which `action_deny` takes up.
"""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DetailsFirst(GraphComponent):
    """Makes "cheers, it's 410200341" a `provide_details`, not a `thanks`.

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
            if intent.get(INTENT_NAME_KEY) in GIVES_WAY and _holds_details(message):
                details = {**intent, INTENT_NAME_KEY: "provide_details"}
                message.set(INTENT, details, add_to_output=True)
        return messages


def _holds_details(message: Message) -> bool:
    entities = message.get(ENTITIES, [])
    return any(entity[ENTITY_ATTRIBUTE_TYPE] in DETAILS for entity in entities)
