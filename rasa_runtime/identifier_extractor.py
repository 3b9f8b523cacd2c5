"""Finds identifiers by their shape and check digits, not by what training data looks like."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from rasa_runtime.found_identifiers import found_identifiers
from support.identifiers.models import Identifier


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class IdentifierExtractor(GraphComponent, EntityExtractorMixin):
    """Adds an entity for each identifier: order_number, tracking_number, email, phone, postcode.

    An entity's value is the normalised form; its start and end refer to the text as typed. Where
    the number has a check digit that does not fit, the entity says `check_digit_failed`.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IdentifierExtractor":
        """Create the component; it needs no settings of config.yml."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found in each message."""
        for message in messages:
            found = [_entity(identifier) for identifier in found_identifiers(message.get(TEXT))]
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages


def _entity(identifier: Identifier) -> dict[str, Any]:
    entity: dict[str, Any] = {
        "entity": str(identifier.kind),
        "start": identifier.start,
        "end": identifier.end,
        "value": identifier.value,
    }
    return {**entity, "check_digit_failed": True} if identifier.check_digit_failed else entity
