"""Finds what a message mentions in words: carriers, sellers, items, dates, suburbs, a choice."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from rasa_runtime.found_identifiers import found_mentions
from support.mentions.models import Mention
from support.places.localities import localities

_TIME_ZONE: Final = "time_zone"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class MentionExtractor(GraphComponent, EntityExtractorMixin):
    """Adds an entity for each mention: carrier, seller, item, date, suburb, choice.

    An entity's value is the normalised form; its start and end refer to the text as typed. A date
    counts from today in `time_zone`. `ambiguous` says that it can be read in another way, `state`
    that a suburb lies there.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that config.yml may change."""
        return {_TIME_ZONE: "Australia/Sydney"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "MentionExtractor":
        """Create the component, and read the table of places before the first customer waits."""
        zone = ZoneInfo(config[_TIME_ZONE])
        localities()
        return cls(lambda: datetime.now(zone).date())

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found in each message."""
        for message in messages:
            mentions = found_mentions(message.get(TEXT), self._today())
            found = [_entity(mention) for mention in mentions]
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages


def _entity(mention: Mention) -> dict[str, Any]:
    entity: dict[str, Any] = {
        "entity": str(mention.kind),
        "start": mention.start,
        "end": mention.end,
        "value": mention.value,
    }
    if not mention.certain:
        entity["ambiguous"] = True
    return {**entity, "state": str(mention.state)} if mention.state else entity
