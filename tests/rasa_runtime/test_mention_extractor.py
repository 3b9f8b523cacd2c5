import time
from datetime import date

import pytest
from rasa.shared.nlu.training_data.message import Message

from rasa_runtime.identifier_extractor import IdentifierExtractor
from rasa_runtime.mention_extractor import MentionExtractor

TUESDAY = date(2026, 11, 24)


def entities(text: str) -> list[dict[str, object]]:
    messages = IdentifierExtractor().process([Message({"text": text})])
    (message,) = MentionExtractor(lambda: TUESDAY).process(messages)
    return message.get("entities")


def test_each_mention_is_an_entity_beside_the_identifiers():
    found = entities("410200341 my kettle, aus post in geelong vic since friday, sold by Acme Toys")
    assert [(entity["entity"], entity["value"]) for entity in found] == [
        ("order_number", "410200341"),
        ("item", "kettle"),
        ("carrier", "australia_post"),
        ("suburb", "Geelong"),
        ("date", "2026-11-20"),
        ("seller", "Acme Toys"),
    ]


def test_an_entity_points_at_what_was_typed():
    text = "the second one please"
    (choice,) = entities(text)
    assert (choice["value"], text[choice["start"] : choice["end"]]) == ("2", "the second one")
    assert choice["extractor"] == "MentionExtractor"


def test_a_date_that_can_be_read_in_two_ways_says_so():
    assert "ambiguous" not in entities("since last week")[0]
    assert entities("next friday")[0]["ambiguous"] is True


def test_a_suburb_says_in_which_state_it_lies():
    assert entities("stuck in Wodonga")[0]["state"] == "VIC"
    assert "state" not in entities("stuck in Richmond")[0]


def test_a_date_counts_from_today_in_the_configured_zone():
    with pytest.raises(KeyError):
        MentionExtractor.create({"time_zone": "Australia/Nowhere"}, *[None] * 3)
    assert MentionExtractor.create(MentionExtractor.get_default_config(), *[None] * 3)


def test_both_extractors_together_take_little_of_a_turn():
    text = "hi my air fryer 410200341 from last tuesday is stuck with auspost in geelong, help pls"
    entities(text)
    started = time.process_time()
    for count in range(100):
        entities(f"{text} {count}")
    assert (time.process_time() - started) / 100 < 0.006
