import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.decisions.identity import Level
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import Rule
from support.systems.cases.memory import MemoryCaseSystem
from support.systems.cases.models import CaseKind, CaseRequest, CaseState
from support.systems.errors import SystemUnreachable
from tests.actions.chatting import Chat
from tests.knowledge import library
from tests.orders import order, parcel_json

LATE = parcel_json(promised_by="2026-11-20")
REFUNDS = library({KnowledgeKey.OFFER_REFUND: Rule(holds=True)})


async def with_refund(redis: Redis, *, level: Level = Level.SIGNED_IN) -> Chat:
    """A customer whose refund request is open, and who has heard so."""
    chat = Chat(order(LATE), redis, knowledge=REFUNDS, signed_in=level is Level.SIGNED_IN)
    request = CaseRequest(kind=CaseKind.REFUND_REQUEST, order_number=chat.order.number)
    await chat.cases.open(request, idempotency_key="1")
    await chat.begin("where is my order", "track_order")
    return chat


async def state(chat: Chat) -> CaseState:
    (case,) = await chat.cases.cases_of(chat.order.number)
    return case.state


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("i changed my mind, cancel the refund", "cancel_order"),
        ("actually forget about the refund", "refund_or_return"),
        ("dont want the refund anymore", "nlu_fallback"),
        ("withdraw my case", "case_status"),
    ],
)
async def test_a_request_is_taken_back_in_the_case_system(
    text: str, intent: str, redis: Redis
) -> None:
    chat = await with_refund(redis)

    said = await chat.say(text, intent)

    assert said == [ResponseKey.CASE_TAKEN_BACK]
    assert chat.talk.said(ResponseKey.CASE_TAKEN_BACK)["reference"] == "CASE-000001"
    assert await state(chat) is CaseState.RESOLVED


async def test_it_is_taken_back_right_after_it_was_filed(redis: Redis) -> None:
    chat = Chat(order(LATE), redis, knowledge=REFUNDS, signed_in=True)
    await chat.begin("its late i want a refund", "delivery_delayed")
    await chat.yes()
    assert chat.question == "tell_me"

    said = await chat.say("i changed my mind, cancel the refund", "cancel_order")

    assert said == [ResponseKey.CASE_TAKEN_BACK]
    assert (await state(chat), chat.matter) == (CaseState.RESOLVED, None)


async def test_whoever_has_shown_too_little_is_asked_for_a_code_first(redis: Redis) -> None:
    chat = await with_refund(redis, level=Level.MATCHED)

    await chat.say("cancel the refund", "cancel_order")
    assert (chat.question, await state(chat)) == ("code", CaseState.RECEIVED)
    said = await chat.say(chat.sent_code, "provide_details")

    assert said == [ResponseKey.CASE_TAKEN_BACK]
    assert await state(chat) is CaseState.RESOLVED


async def test_what_is_not_open_is_not_taken_back(redis: Redis) -> None:
    chat = Chat(order(LATE), redis, knowledge=REFUNDS, signed_in=True)
    await chat.begin("where is my order", "track_order")

    assert ResponseKey.CASE_TAKEN_BACK not in await chat.say("cancel the refund", "cancel_order")


async def test_a_case_system_that_refuses_is_not_said_to_have_done_it(redis: Redis) -> None:
    chat = await with_refund(redis)
    chat.cases.refuses_withdrawal = True

    assert await chat.say("cancel the refund", "cancel_order") == [
        ResponseKey.CASE_CANNOT_BE_TAKEN_BACK
    ]


async def test_a_case_system_that_cannot_be_reached_is_said_to_be_so(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreachable(*_: object, **__: object) -> None:
        raise SystemUnreachable("cases")

    chat = await with_refund(redis)
    monkeypatch.setattr(MemoryCaseSystem, "withdraw", unreachable)

    assert await chat.say("cancel the refund", "cancel_order") == [
        ResponseKey.CASE_SYSTEM_UNAVAILABLE
    ]
    assert await state(chat) is CaseState.RECEIVED
