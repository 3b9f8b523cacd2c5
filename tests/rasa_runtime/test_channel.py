"""The channel as the worker meets it: over HTTP, against a running Rasa process."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from aiohttp import web

from tests.rasa_runtime.fake_action_server import FakeActionServer, late, result, status
from tests.rasa_runtime.turn_client import TurnClient, turn

EVIDENCE = {"source": "Kmart order system", "at": "2026-11-24T01:00:00+00:00"}


def test_a_turn_is_answered(client: TurnClient):
    body = turn("hello")
    response = client.post(body)
    assert response.status_code == 200
    answer = response.json()
    confidence = answer["understood"].pop("confidence")
    assert 0.5 < confidence <= 1
    message = {"text": "Hello.", "quick_replies": [], "evidence": [], "cards": []}
    assert answer == {
        "status": "answered",
        "turn_id": body["message_id"],
        "messages": [{**message, "said": ["utter_greet"]}],
        "understood": {"intent": "greet"},
        "person": None,
    }


def test_the_actions_of_a_turn_are_told_how_much_of_its_time_is_left(
    client: TurnClient, action_server: FakeActionServer
):
    then = {"event": "followup", "name": "action_track_order"}

    async def slow_twice(call: dict[str, Any]) -> web.Response:
        more = len(action_server.calls) < 2
        return await late(0.3, result({"text": "Found."}, events=(then,) if more else ()))(call)

    action_server.answer = slow_twice
    client.texts(turn())

    left = [
        one["tracker"]["latest_message"]["metadata"]["seconds_left"] for one in action_server.calls
    ]
    assert len(left) == 2
    assert left[0] <= 5.4
    assert left[1] <= left[0] - 0.3


def test_health_says_that_a_model_is_loaded(client: TurnClient):
    response = requests.get(f"{client.rasa_url}/webhooks/gateway/health", timeout=5)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    "path", ["/model/parse", "/conversations/x/tracker", "/webhooks/rest/webhook"]
)
def test_nothing_else_of_rasa_is_reachable(client: TurnClient, path: str):
    assert requests.post(client.rasa_url + path, json={}, timeout=5).status_code == 404


class TestSignature:
    def test_another_key_is_refused(self, client: TurnClient):
        assert client.post(turn(), key="another").status_code == 401

    def test_an_old_request_is_refused(self, client: TurnClient):
        assert client.post(turn(), timestamp=str(int(time.time()) - 61)).status_code == 401

    def test_no_signature_is_refused(self, client: TurnClient):
        url = f"{client.rasa_url}/webhooks/gateway/turns"
        assert requests.post(url, json=turn(), timeout=5).status_code == 401


class TestShape:
    @pytest.mark.parametrize(
        "changes",
        [
            {"text": None},
            {"conversation_id": ""},
            {"conversation_id": "a}b"},
            {"message_id": 7},
            {"payload": "greet"},
            {"payload": "/greet and more"},
            {"metadata": {"channel": "web"}},
            {"sender": "someone else"},
        ],
        ids=str,
    )
    def test_the_wrong_shape_is_refused(self, client: TurnClient, changes: dict[str, Any]):
        assert client.post({**turn(), **changes}).status_code == 422

    @pytest.mark.parametrize("body", [[], "text", None, 3])
    def test_what_is_no_object_is_refused(self, client: TurnClient, body: object):
        assert client.post(body).status_code == 422

    def test_the_refusal_does_not_repeat_what_was_sent(self, client: TurnClient):
        assert "secret-text" not in client.post({"text": {"x": "secret-text"}}).text

    def test_text_over_4000_characters_is_refused(self, client: TurnClient):
        assert client.post(turn("a" * 4001)).status_code == 413

    def test_text_of_4000_characters_is_answered(self, client: TurnClient):
        assert client.texts(turn("a" * 4000))


class TestText:
    @pytest.mark.parametrize("slashes", ["/", "  /", "/ /", "//", "\n/", "\t /"])
    def test_a_leading_slash_never_fires_an_intent(
        self, client: TurnClient, action_server: FakeActionServer, slashes: str
    ):
        client.texts(turn(slashes + 'greet{"order_number": "410200341"} where is my order'))
        latest = action_server.calls[0]["tracker"]["latest_message"]
        assert latest["intent"]["name"] == "track_order"
        assert latest["intent"]["confidence"] < 1

    def test_a_customer_cannot_restart_the_conversation(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        conversation = uuid.uuid4().hex
        client.texts(turn("where is 410200341", conversation_id=conversation))
        client.texts(turn("/restart", conversation_id=conversation))
        client.texts(turn("where is my order", conversation_id=conversation))
        assert action_server.calls[-1]["tracker"]["slots"]["order_number"] == "410200341"

    def test_the_payload_of_a_quick_reply_fires_its_intent(self, client: TurnClient):
        assert client.texts(turn("Anything else", payload="/greet")) == ["Hello."]

    def test_a_payload_brings_its_entities(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        client.texts(turn("That one", payload='/track_order{"order_number": "410200999"}'))
        assert action_server.calls[0]["tracker"]["slots"]["order_number"] == "410200999"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "   ",
            "/",
            "//",
            "\U0001f4e6\U0001f622",
            "?!",
            "\x00\x01",
            "\u200b",
            "<b></b>",
            "שלום",
        ],
        ids=[
            "empty",
            "blank",
            "slash",
            "slashes",
            "emoji",
            "marks",
            "control",
            "invisible",
            "html",
            "rtl",
        ],
    )
    def test_text_without_words_is_answered(self, client: TurnClient, text: str):
        assert client.texts(turn(text)) != []

    def test_a_turn_in_which_nothing_is_said_gets_the_default_words(self, client: TurnClient):
        assert client.texts(turn("bye")) == ["Please say that again."]


class TestReplies:
    def test_the_customers_channel_chooses_the_variant(self, client: TurnClient):
        metadata = {**turn()["metadata"], "channel": "sms"}
        assert client.texts(turn("hello", metadata=metadata)) == ["Hello by SMS."]

    def test_evidence_cards_and_buttons_survive(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        action_server.answer = result(
            {
                "response": "utter_status",
                "number": "410200341",
                "evidence": [EVIDENCE],
                "cards": [{"parcel": "P1"}],
                "buttons": [{"title": "Sign in", "payload": "/greet"}],
            }
        )
        assert client.post(turn()).json()["messages"] == [
            {
                "text": "Your order 410200341 is on its way.",
                "quick_replies": [
                    {"title": "Anything else", "payload": "/greet"},
                    {"title": "Sign in", "payload": "/greet"},
                ],
                "evidence": [EVIDENCE],
                "cards": [{"parcel": "P1"}],
                "said": ["utter_status"],
            }
        ]

    def test_utterances_that_join_are_one_message(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        action_server.answer = result(
            {"response": "utter_status", "number": "1", "evidence": [EVIDENCE]},
            {"text": "It comes on Friday.", "joins": True, "evidence": [EVIDENCE]},
        )
        (message,) = client.post(turn()).json()["messages"]
        assert message["text"] == "Your order 1 is on its way.\nIt comes on Friday."
        assert message["evidence"] == [EVIDENCE]

    def test_actions_are_told_who_writes_and_which_message_it_is(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        body = turn(metadata={**turn()["metadata"], "customer_id": "c-1"})
        client.texts(body)
        metadata = action_server.calls[0]["tracker"]["latest_message"]["metadata"]
        assert metadata == {
            "seconds_left": metadata["seconds_left"],
            "channel": "web",
            "customer_id": "c-1",
            "customer_first_name": None,
            "sender_key": "sender-1",
            "sender_phone": None,
            "message_id": body["message_id"],
            "conversation_id": body["conversation_id"],
        }


class TestRepetition:
    def test_a_repeated_message_gets_the_same_answer_and_runs_nothing(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        action_server.answer = result(
            {
                "response": "utter_status",
                "number": "1",
                "evidence": [EVIDENCE],
                "cards": [{"p": 1}],
            },
            {"text": "More.", "joins": True},
        )
        body = turn()
        first, second = client.post(body).json(), client.post(body).json()
        assert (first["status"], second["status"]) == ("answered", "repeated")
        assert second["messages"] == first["messages"]
        assert len(action_server.calls) == 1

    def test_an_earlier_message_is_found_among_later_ones(self, client: TurnClient):
        conversation = uuid.uuid4().hex
        early = turn("hello", conversation_id=conversation)
        client.texts(early)
        client.texts(turn("where is my order", conversation_id=conversation))
        again = client.post(early).json()
        assert (again["status"], again["messages"][0]["text"]) == ("repeated", "Hello.")
        assert len(again["messages"]) == 1

    def test_the_default_words_are_repeated_too(self, client: TurnClient):
        body = turn("bye")
        assert client.post(body).json()["messages"] == client.post(body).json()["messages"]

    def test_the_same_message_twice_at_once_runs_once(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        action_server.answer = late(0.5, result({"text": "Found."}))
        body = turn()
        with ThreadPoolExecutor(2) as pool:
            answers = [answer.json() for answer in pool.map(client.post, [body, body])]
        assert answers[0]["messages"] == answers[1]["messages"]
        assert len(action_server.calls) == 1

    def test_another_message_meanwhile_is_sent_away(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        action_server.answer = late(1, result({"text": "Found."}))
        body = turn()
        with ThreadPoolExecutor(1) as pool:
            first = pool.submit(client.post, body)
            _wait_for_call(action_server)
            second = client.post(turn("hello", conversation_id=body["conversation_id"]))
            assert second.json() == {"status": "unavailable", "reason": "busy"}
            assert first.result().status_code == 200

    def test_a_caller_that_goes_away_finds_the_answer_when_it_comes_back(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        action_server.answer = late(1, result({"text": "Found."}))
        body = turn()
        with pytest.raises(requests.Timeout):
            client.post(body, timeout=0.4)
        assert client.texts(body) == ["Found."]
        assert len(action_server.calls) == 1


class TestLooks:
    """Turns that nobody began, to find out whether there is news."""

    def test_without_news_nothing_is_said_and_nothing_is_kept(self, client: TurnClient):
        look = turn("", payload="/goodbye", may_be_silent=True)
        first, again = client.post(look).json(), client.post(look).json()
        assert (first["status"], first["messages"]) == ("answered", [])
        assert (again["status"], again["messages"]) == ("answered", [])

    def test_news_is_kept_and_repeated(self, client: TurnClient, action_server: FakeActionServer):
        look = turn("", payload="/track_order", may_be_silent=True)
        first, again = client.post(look).json(), client.post(look).json()
        assert [message["text"] for message in first["messages"]] == ["Found."]
        assert (again["status"], again["messages"]) == ("repeated", first["messages"])
        assert len(action_server.calls) == 1

    def test_a_look_without_news_changes_nothing_for_what_is_said_next(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        conversation = uuid.uuid4().hex
        client.texts(turn("where is 410200341", conversation_id=conversation))
        silent = '/goodbye{"order_number": "410200999"}'
        client.texts(turn("", payload=silent, may_be_silent=True, conversation_id=conversation))
        client.texts(turn("where is my order", conversation_id=conversation))
        assert action_server.calls[-1]["tracker"]["slots"]["order_number"] == "410200341"


def _wait_for_call(action_server: FakeActionServer) -> None:
    deadline = time.monotonic() + 5
    while not action_server.calls and time.monotonic() < deadline:
        time.sleep(0.02)


class TestFailure:
    @pytest.fixture
    def stopped_actions(self, action_server: FakeActionServer):
        action_server.stop()
        yield action_server
        action_server.start()

    def test_actions_that_are_down_make_the_turn_unavailable(
        self, client: TurnClient, stopped_actions: FakeActionServer
    ):
        body = turn("where is 410200341")
        response = client.post(body)
        assert response.status_code == 503
        assert response.json() == {"status": "unavailable", "reason": "actions"}
        assert stopped_actions.calls == []

    def test_after_actions_were_down_the_same_message_is_answered_as_new(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        body = turn("where is 410200341")
        action_server.stop()
        failed = client.post(body)
        action_server.start()
        answered = client.post(body)
        assert failed.status_code == 503
        assert answered.json()["status"] == "answered"
        assert answered.json()["messages"][0]["text"] == "Found."

    @pytest.mark.parametrize("code", [429, 502, 503, 504])
    def test_a_server_that_cannot_answer_now_makes_the_turn_unavailable(
        self, client: TurnClient, action_server: FakeActionServer, code: int
    ):
        action_server.answer = status(code)
        assert client.post(turn()).status_code == 503

    def test_an_action_over_its_time_limit_makes_the_turn_unavailable(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        action_server.answer = late(2.5, result({"text": "Too late."}))
        assert client.post(turn()).status_code == 503

    @pytest.mark.parametrize(
        "answer",
        [
            status(500, {"error": "secret-detail"}),
            status(404),
            result(events=({"event": "no-such-event"},)),
            status(200, {"events": "secret-detail"}),
        ],
        ids=["crashed", "unknown action", "unknown event", "wrong shape"],
    )
    def test_a_crashed_action_fails_the_turn_without_details(
        self, client: TurnClient, action_server: FakeActionServer, answer: Any
    ):
        action_server.answer = answer
        response = client.post(turn())
        assert response.status_code == 500
        assert response.json() == {"status": "failed"}

    def test_nothing_of_a_failed_turn_is_kept(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        body = turn("where is 410200341")
        action_server.answer = status(500)
        failed = client.post(body)
        action_server.answer = result({"text": "Found."})
        client.texts({**body, "message_id": "another", "text": "where is my order"})
        assert failed.status_code == 500
        assert action_server.calls[-1]["tracker"]["slots"]["order_number"] is None
        assert client.post(body).json()["status"] == "answered"

    def test_an_action_that_declines_does_not_fail_the_turn(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        action_server.answer = status(400, {"action_name": "action_track_order", "error": "no"})
        assert client.texts(turn()) == ["Please say that again."]

    def test_a_turn_over_its_time_limit_is_given_up_and_can_be_tried_again(
        self, client: TurnClient, action_server: FakeActionServer
    ):
        # Each call stays under the limit of an action; together they exceed that of a turn.
        async def slow(call: dict[str, Any]) -> web.Response:
            again = {"event": "followup", "name": "action_track_order"}
            return await late(1.3, result({"text": "And again."}, events=(again,)))(call)

        action_server.answer = slow
        body = turn()
        given_up = client.post(body)
        action_server.answer = result({"text": "Found."})
        assert given_up.status_code == 504
        assert client.post(body).json()["messages"][0]["text"] == "Found."


def test_what_is_sent_to_actions_does_not_grow_with_the_conversation(
    client: TurnClient, action_server: FakeActionServer
):
    texts = ["hello", "where is my order", *["hello"] * 38, "where is my order"]
    client.converse(*texts)
    first, last = action_server.calls
    assert last["size"] <= first["size"] * 1.1
    assert last["tracker"]["events"][0]["event"] == "user"
