import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from rasa_runtime.details_first import DetailsFirst


def understood(intent: str | None, *entities: str, text: str = "any") -> str | None:
    data = {
        TEXT: text,
        INTENT: {"name": intent, "confidence": 0.9},
        ENTITIES: [{"entity": kind, "value": "x"} for kind in entities],
    }
    [message] = DetailsFirst().process([Message(data=data)])
    return message.get(INTENT)["name"]


@pytest.mark.parametrize("intent", ["thanks", "greet", "out_of_scope", "nlu_fallback"])
@pytest.mark.parametrize("kind", ["order_number", "email", "phone"])
def test_details_count_for_more_than_what_is_around_them(intent: str, kind: str) -> None:
    assert understood(intent, kind) == "provide_details"


@pytest.mark.parametrize("intent", ["thanks", "out_of_scope", "nlu_fallback"])
def test_without_details_the_intent_stays(intent: str) -> None:
    assert understood(intent) == intent


@pytest.mark.parametrize("intent", ["track_order", "cancel_order", "deny", "request_human"])
def test_what_is_said_about_an_order_stays(intent: str) -> None:
    assert understood(intent, "order_number") == intent


def test_a_postcode_or_tracking_number_is_no_such_detail() -> None:
    assert understood("thanks", "postcode", "tracking_number") == "thanks"


@pytest.mark.parametrize("intent", ["thanks", "greet", "bot_challenge"])
@pytest.mark.parametrize("text", ["482 913 thanks", "hi, 12 Smith St Geelong 3220"])
def test_a_code_or_an_address_is_what_a_pleasantry_is_about(intent: str, text: str) -> None:
    assert understood(intent, text=text) == "provide_details"


def test_a_code_beside_something_else_leaves_it_what_it_is() -> None:
    assert understood("out_of_scope", text="gift card 482913") == "out_of_scope"
