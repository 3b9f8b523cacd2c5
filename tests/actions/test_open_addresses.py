"""An address that was confirmed, or is being put right, while something else is said."""

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from tests.actions.chatting import Chat
from tests.actions.rendering import worded
from tests.orders import order


def texts(chat: Chat) -> str:
    return "\n".join(worded(chat.talk.messages, "web"))


ADDRESS = "88 Wattle St, Ballarat VIC 3350"


async def waiting_for_a_code(redis: Redis) -> Chat:
    """A customer who has confirmed another address, and was sent a code."""
    chat = Chat(order(), redis)
    await chat.begin("its going to the wrong address", "wrong_address")
    await chat.say(ADDRESS, "provide_details")
    await chat.yes()
    assert chat.question == "code"
    return chat


@pytest.mark.parametrize(
    ("text", "intent", "key"),
    [
        ("im not doing a code just change it", "deny", ResponseKey.CODE_WHY),
        ("cant you just do it without the code", "complaint", ResponseKey.CODE_WHY),
        ("why do i need a code", "ask_why", ResponseKey.CODE_WHY),
        ("is it changed now?", "wrong_address", ResponseKey.CODE_NOT_DONE_YET),
        ("so is that done", "affirm", ResponseKey.CODE_NOT_DONE_YET),
    ],
)
async def test_the_confirmed_address_is_kept_while_the_code_is_argued_about(
    text: str, intent: str, key: ResponseKey, redis: Redis
) -> None:
    chat = await waiting_for_a_code(redis)

    said = await chat.say(text, intent)

    assert said[:2] == [key, ResponseKey.CODE_KEEPS_ADDRESS]
    assert ADDRESS in texts(chat)
    assert (chat.question, chat.cases.requests) == ("code", [])
    await chat.say(chat.sent_code, "provide_details")
    (request,) = chat.cases.requests
    assert request.details["new_address"] == ADDRESS


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("unit 7", "Unit 7/88 Wattle St, Ballarat VIC 3350"),
        ("actually make it 7/88", "7/88 Wattle St, Ballarat VIC 3350"),
        ("its 90 not 88 sorry", "90 Wattle St, Ballarat VIC 3350"),
    ],
)
@pytest.mark.parametrize("moment", ["read back", "at the code"])
async def test_an_address_that_is_open_is_put_right(
    text: str, line: str, moment: str, redis: Redis
) -> None:
    chat = Chat(order(), redis)
    await chat.begin("its going to the wrong address", "wrong_address")
    await chat.say(ADDRESS, "provide_details")
    if moment == "at the code":
        await chat.yes()

    await chat.say(text, "correct_detail")

    assert chat.question == "confirm_address"
    assert chat.talk.said(ResponseKey.ASK_CONFIRM_ADDRESS)["address"] == line
