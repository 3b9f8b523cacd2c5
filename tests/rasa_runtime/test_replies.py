from rasa_runtime.replies import person_wanted, replies_from
from rasa_runtime.turn import QuickReply, Reply

POST = {"source": "Australia Post", "at": "2026-11-24T01:00:00+00:00"}
SHOP = {"source": "Kmart order system", "at": "2026-11-24T01:00:00+00:00"}


def test_each_utterance_is_a_message():
    assert replies_from([{"text": "One."}, {"text": "Two."}]) == [
        Reply(text="One."),
        Reply(text="Two."),
    ]


def test_an_utterance_that_joins_extends_the_message_before():
    utterances = [
        {"text": "Parcel 1.", "evidence": [SHOP], "cards": [{"id": "P1"}]},
        {"text": "Parcel 2.", "evidence": [SHOP, POST], "cards": [{"id": "P2"}], "joins": True},
    ]
    assert replies_from(utterances) == [
        Reply(
            text="Parcel 1.\nParcel 2.",
            evidence=[SHOP, POST],
            cards=[{"id": "P1"}, {"id": "P2"}],
        )
    ]


def test_buttons_of_joined_utterances_stand_together():
    utterances = [
        {"text": "A?", "buttons": [{"title": "Yes", "payload": "/affirm"}]},
        {"text": "Or B?", "buttons": [{"title": "No", "payload": "/deny"}], "joins": True},
    ]
    assert replies_from(utterances)[0].quick_replies == [
        QuickReply(title="Yes", payload="/affirm"),
        QuickReply(title="No", payload="/deny"),
    ]


def test_an_utterance_that_joins_nothing_stands_alone():
    assert replies_from([{"text": "First.", "joins": True}]) == [Reply(text="First.")]


def test_an_utterance_without_anything_to_show_is_no_message():
    assert replies_from([{"text": None, "buttons": None}, {"text": " "}]) == []


def test_template_values_are_not_part_of_a_message():
    reply = replies_from([{"text": "Hello Sam.", "first_name": "Sam"}])
    assert reply == [Reply(text="Hello Sam.")]


def test_a_message_names_the_responses_it_is_worded_from():
    utterances = [
        {"text": "Parcel 1.", "utter_action": "utter_parcel"},
        {"text": "Parcel 2.", "utter_action": "utter_parcel", "joins": True},
        {"text": "Shall I tell you?", "utter_action": "utter_offer_to_tell"},
    ]
    assert [reply.said for reply in replies_from(utterances)] == [
        ["utter_parcel", "utter_parcel"],
        ["utter_offer_to_tell"],
    ]


def test_a_choice_is_a_button_of_the_message_before():
    utterances = [
        {"text": "Do you mean:"},
        {"text": "It's late", "choice": "/delivery_delayed", "joins": True},
    ]
    assert replies_from(utterances) == [
        Reply(
            text="Do you mean:",
            quick_replies=[QuickReply(title="It's late", payload="/delivery_delayed")],
        )
    ]


def test_a_request_for_a_person_is_found_in_whatever_was_said():
    person = {"reason": "asked", "summary": "Asked for a person."}
    said = [{"text": "Sure."}, {"text": "I'm asking for one.", "person": person}]
    assert person_wanted(said) == person
    assert person_wanted(said[:1]) is None
