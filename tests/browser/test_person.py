"""A person takes over, types, answers, and the chat ends with a question."""

import json

import redis
from playwright.sync_api import Page, expect

from tests.browser.chat import Chat

SIGN = "JSON.parse(sessionStorage.getItem('order-assistant')).identity.id"


class Desk:
    """What others put into the customer's conversation, straight into its log."""

    def __init__(self, store: "redis.Redis", conversation_id: str) -> None:
        self._redis = store
        self._keys = {
            part: f"conv:{{{conversation_id}}}:{part}" for part in ("meta", "log", "bell", "signal")
        }

    def say(self, sender: str, text: str, **body: object) -> None:
        position = self._redis.hincrby(self._keys["meta"], "position", 1)
        entry = {
            "message_id": f"m-{position}",
            "sender": sender,
            "text": text,
            "at": "2026-11-27T05:42:00+00:00",
            "body": json.dumps(body),
            "epoch": "1",
        }
        self._redis.xadd(self._keys["log"], entry, id=f"{position}-0")
        self._redis.publish(self._keys["bell"], str(position))

    def is_typing(self, name: str) -> None:
        self._redis.publish(self._keys["signal"], json.dumps({"by": "agent", "name": name}))

    def rating(self) -> list[str | None]:
        return list(self._redis.hmget(self._keys["meta"], ["rating", "rating_comment"]))


def started(page: Page, store: "redis.Redis") -> tuple[Chat, Desk]:
    chat = Chat(page)
    chat.open()
    chat.say("hello")
    expect(chat.messages("bot")).to_have_count(2)
    return chat, Desk(store, page.evaluate(SIGN))


def test_place_in_the_queue_stands_apart_from_the_messages(
    page: Page, shared_redis: "redis.Redis"
) -> None:
    chat, desk = started(page, shared_redis)
    desk.say(
        "system",
        "You're number 3 in the queue for a person.",
        cards=[{"kind": "queue", "position": 3, "wait_minutes": 6}],
    )

    expect(chat.panel.get_by_role("status").first).to_contain_text("number 3 in the queue")
    expect(chat.panel).to_contain_text("Automated assistant, until a person joins")


def test_customer_sees_who_answers_and_that_they_are_typing(
    page: Page, shared_redis: "redis.Redis"
) -> None:
    chat, desk = started(page, shared_redis)
    desk.say("system", "Mia has joined the chat.", cards=[{"kind": "joined", "name": "Mia"}])
    expect(chat.panel).to_contain_text("You're talking with Mia, a person")
    desk.is_typing("Mia")
    expect(chat.panel.get_by_role("status").first).to_have_text("Mia is typing")

    desk.say("agent", "Hi, I can see your order.", author="Mia")

    expect(chat.messages("agent").locator(".name")).to_have_text("Mia, our team")
    expect(chat.panel.get_by_role("status").first).to_be_empty()


def test_person_is_told_that_the_customer_is_typing(
    page: Page, shared_redis: "redis.Redis"
) -> None:
    chat, desk = started(page, shared_redis)
    desk.say("agent", "Hi, I can see your order.", author="Mia")
    expect(chat.messages("agent")).to_have_count(1)

    with page.expect_response("**/typing") as told:
        chat.composer.press_sequentially("thank you", delay=5)

    assert told.value.status == 204


def test_chat_that_has_ended_asks_how_it_went(page: Page, shared_redis: "redis.Redis") -> None:
    chat, desk = started(page, shared_redis)
    desk.say("system", "How did we go?", cards=[{"kind": "csat"}])
    expect(chat.ended()).to_have_count(5)
    expect(chat.composer).to_be_hidden()

    chat.ended().nth(3).click()
    expect(chat.log).to_contain_text("You rated this chat 4 of 5")
    chat.log.get_by_role("textbox", name="Anything you'd like to add?").fill("Quick")
    chat.log.get_by_role("button", name="Send comment").click()
    expect(chat.log).to_contain_text("we've noted that")
    assert desk.rating() == ["4", "Quick"]

    page.reload()
    chat.open()
    expect(chat.log).to_contain_text("You rated this chat 4 of 5")
    expect(chat.ended()).to_have_count(0)


def test_customer_ends_the_chat_and_begins_another(page: Page, shared_redis: "redis.Redis") -> None:
    chat, desk = started(page, shared_redis)
    chat.panel.get_by_role("button", name="End this chat").click()
    chat.ended().first.click()
    expect(chat.log).to_contain_text("You rated this chat 1 of 5")
    assert desk.rating() == ["1", None]

    chat.panel.get_by_role("button", name="Start a new chat").click()
    expect(chat.composer).to_be_focused()
    chat.say("hello again")

    expect(chat.messages("customer")).to_have_count(1)
    expect(chat.messages("bot")).to_have_count(2)
