from typing import Any

from gateway.conversation_log import Entry, EntryBody, Sender, Understood
from scripts.replay.stored import Answered, Standing, StoredConversation, stored
from support.identifiers.extract import DEFAULT_ORDER_NUMBER_PATTERN
from support.ids import MessageId
from tests.orders import NOW


def said(position: int, sender: Sender, text: str, **body: Any) -> Entry:
    return Entry(
        position=position,
        message_id=MessageId(f"m-{position}"),
        sender=sender,
        text=text,
        at=NOW,
        epoch=1,
        body=EntryBody(**body),
    )


def kept(*entries: Entry) -> StoredConversation | None:
    return stored("c-1", "web", entries, order_number_pattern=DEFAULT_ORDER_NUMBER_PATTERN)


def card(position: int, state: str) -> dict[str, Any]:
    number = "410200341"
    return {
        "kind": "parcel",
        "brand": "kmart",
        "order_number": number,
        "position": position,
        "state": state,
    }


def test_words_are_masked_and_answers_kept_by_name():
    conversation = kept(
        said(1, Sender.CUSTOMER, "where is 410200341, sam@example.com"),
        said(
            2,
            Sender.BOT,
            "Here is your order 410200341 for 12 Wattle Street.",
            said=["utter_order_standard", "utter_parcel_shipped"],
            understood=Understood(intent="track_order", confidence=0.9),
            cards=[card(1, "shipped"), card(2, "delivered")],
        ),
        said(3, Sender.BOT, "Anything else?", said=["utter_anything_else"]),
    )
    assert conversation is not None
    assert conversation.turns[0].text == "where is [order_number], [email]"
    assert conversation.turns[0].answered == Answered(
        intent="track_order",
        said=("utter_order_standard", "utter_parcel_shipped", "utter_anything_else"),
    )
    assert conversation.standing == Standing(brand="kmart", states=("shipped", "delivered"))
    assert "410200341" not in conversation.model_dump_json()


def test_a_pressed_button_is_known_to_be_one():
    conversation = kept(
        said(1, Sender.CUSTOMER, "Track it", payload='/track_order{"order_number": "410200341"}'),
        said(2, Sender.BOT, "Sent.", said=["utter_sent"]),
    )
    assert conversation is not None
    assert (conversation.turns[0].text, conversation.turns[0].pressed) == ("Track it", True)


def test_what_was_said_to_an_agent_is_not_kept():
    conversation = kept(
        said(1, Sender.CUSTOMER, "hello"),
        said(2, Sender.BOT, "Hello.", said=["utter_greet"]),
        said(3, Sender.AGENT, "Kim here."),
        said(4, Sender.CUSTOMER, "thanks kim"),
        said(5, Sender.BOT, "I'm back.", said=["utter_back"]),
    )
    assert conversation is not None
    assert [turn.text for turn in conversation.turns] == ["hello"]


def test_a_conversation_that_was_not_answered_is_none():
    assert kept(said(1, Sender.CUSTOMER, "hello"), said(2, Sender.SYSTEM, "One moment.")) is None
