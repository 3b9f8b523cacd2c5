from rasa.shared.nlu.training_data.message import Message

from rasa_runtime.identifier_extractor import IdentifierExtractor
from rasa_runtime.masking_tokenizer import MaskingTokenizer


def entities(text: str) -> list[dict[str, object]]:
    (message,) = IdentifierExtractor().process([Message({"text": text})])
    return message.get("entities")


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def tokens(text: str):
    tokenizer = MaskingTokenizer(MaskingTokenizer.get_default_config())
    (message,) = tokenizer.process([Message({"text": text})])
    return message.get("text_tokens")


def test_each_identifier_is_an_entity_with_its_normalised_value():
    found = entities("where is 410200341, Sam@Example.com or 0400 000 001")
    assert [(entity["entity"], entity["value"]) for entity in found] == [
        ("order_number", "410200341"),
        ("email", "sam@example.com"),
        ("phone", "+61400000001"),
    ]


def test_an_entity_points_at_what_was_typed():
    text = "hi, it's 0400 000 001 thanks"
    (phone,) = entities(text)
    assert text[phone["start"] : phone["end"]] == "0400 000 001"
    assert phone["extractor"] == "IdentifierExtractor"


def test_an_entity_found_before_is_kept():
    message = Message({"text": "410200341", "entities": [{"entity": "carrier"}]})
    IdentifierExtractor().process([message])
    assert [entity["entity"] for entity in message.get("entities")] == ["carrier", "order_number"]


def test_text_without_identifiers_has_no_entities():
    assert entities("where is my parcel") == []


def test_all_numbers_of_a_kind_are_the_same_word():
    assert (
        words("where is 410200341?")
        == words("where is 300 200 999")
        == [
            "where",
            "is",
            "__order_number__",
        ]
    )


def test_a_word_points_at_what_was_typed():
    text = "please call 0400 000 001 about kettle"
    assert [text[token.start : token.end] for token in tokens(text)] == [
        "please",
        "call",
        "0400 000 001",
        "about",
        "kettle",
    ]


def test_a_word_glued_to_a_number_is_kept():
    assert words("order:410200341.") == ["order", "__order_number__"]


def test_text_without_words_is_one_word():
    assert words("?!") == ["?!"]


def test_mentions_are_words_like_others_unless_the_setting_names_their_kind():
    text = "auspost has it in Geelong"
    masked = MaskingTokenizer({**MaskingTokenizer.get_default_config(), "mentions": ["carrier"]})
    (message,) = masked.process([Message({"text": text})])
    assert words(text)[0] == "auspost"
    assert [token.text for token in message.get("text_tokens")] == [
        "__carrier__",
        "has",
        "it",
        "in",
        "Geelong",
    ]
