import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.decisions.follow_up import snapshot
from support.decisions.identity import Level
from support.ids import TicketReference
from support.state.followed import DueLook
from support.systems.cases.models import CaseKind, CaseRequest, CaseState
from support.systems.errors import SystemUnreachable
from support.systems.marketplace.models import TicketState
from tests.actions.followed import CASE, DELIVERED, FOLLOW_UP, NUMBER, SELLER, Followed, with_case
from tests.actions.services import now
from tests.orders import line_json, order, parcel_json


async def test_while_nothing_changes_nothing_is_said(redis: Redis) -> None:
    customer = Followed(order(), redis)
    await customer.follow()

    assert await customer.look() == []
    assert customer.talk.followup == "action_listen"


async def test_a_parcel_that_moved_is_told_once_without_what_is_in_it(redis: Redis) -> None:
    customer = Followed(order(), redis)
    await customer.follow()
    customer.change(parcel_json(status="out_for_delivery", status_at="2026-11-24T08:00:00+11:00"))

    said = await customer.look()
    text = str(customer.talk.messages)

    assert said[:2] == [
        ResponseKey.FOLLOW_UP_NEWS,
        ResponseKey.PARCEL_OUT_FOR_DELIVERY_TODAY,
    ]
    assert "Kettle" not in text
    assert "Example St" not in text


async def test_of_several_parcels_the_one_that_moved_is_named_by_its_place(redis: Redis) -> None:
    lines = [line_json(), line_json(id="2", name="Toaster")]
    second = parcel_json(id="P2", items=[{"line_id": "2", "quantity": 1}])
    customer = Followed(order(parcel_json(), second, lines=lines), redis)
    await customer.follow()
    customer.change(parcel_json(), {**second, **DELIVERED}, lines=lines)

    said = await customer.look()

    assert ResponseKey.PARCEL_DELIVERED in said
    assert customer.talk.said(ResponseKey.PARCEL_TITLE_WITHOUT_ITEMS)["position"] == "2"
    assert ResponseKey.FOLLOW_UP_LAST not in said


async def test_a_date_that_moved_and_one_that_passed_are_told(redis: Redis) -> None:
    customer = Followed(order(), redis)
    await customer.follow()

    customer.change(parcel_json(promised_by="2026-11-27"))
    moved = await customer.look()
    customer.change(parcel_json(promised_by="2026-11-23"))
    looks = await customer.look()

    assert moved == [ResponseKey.FOLLOW_UP_NEWS, ResponseKey.FOLLOW_UP_DUE]
    assert looks == [ResponseKey.FOLLOW_UP_NEWS, ResponseKey.FOLLOW_UP_OVERDUE]


async def test_a_case_that_moved_is_told_by_its_reference(redis: Redis) -> None:
    customer = await with_case(redis)
    customer.cases.move(CASE, CaseState.PROOF_RECEIVED)

    said = await customer.look()

    assert said == [
        ResponseKey.FOLLOW_UP_NEWS,
        ResponseKey.FOLLOW_UP_CASE,
        ResponseKey.CASE_PROOF_RECEIVED,
    ]
    assert customer.talk.said(ResponseKey.FOLLOW_UP_CASE)["reference"] == CASE


async def test_the_last_news_says_that_it_is_the_last_and_ends_it(redis: Redis) -> None:
    customer = await with_case(redis)
    customer.cases.move(CASE, CaseState.RESOLVED, outcome="Found at the depot.")

    said = await customer.look()

    assert said[-2:] == [ResponseKey.CASE_OUTCOME, ResponseKey.FOLLOW_UP_LAST]
    assert await customer.services.follow_ups.consent(FOLLOW_UP) is None
    assert await customer.look() == []


async def test_a_sellers_answer_is_told_in_the_sellers_words(redis: Redis) -> None:
    customer = Followed(order(lines=[line_json(seller=SELLER)]), redis)
    await customer.begin("the seller never sent it", "marketplace_order")
    await customer.yes()
    await customer.yes()
    customer.marketplace.change(
        TicketReference("MKT-000001"), state=TicketState.SELLER_ANSWERED, answer="Sent today."
    )
    customer.change(lines=[line_json(seller=SELLER)])

    said = await customer.look()

    assert ResponseKey.FOLLOW_UP_TICKET in said
    assert customer.talk.said(ResponseKey.TICKET_ANSWER)["answer"] == "Sent today."


async def test_consent_of_somebody_who_might_not_hear_of_cases_covers_parcels_alone(
    redis: Redis,
) -> None:
    customer = Followed(order(), redis)
    request = CaseRequest(kind=CaseKind.MISSING_PARCEL, order_number=NUMBER)
    case = await customer.cases.open(request, idempotency_key="1")
    await customer.services.follow_ups.begin(
        FOLLOW_UP, level=Level.CHANNEL, told=snapshot([], [case]), now=now()
    )
    customer.cases.move(CASE, CaseState.PROOF_RECEIVED)

    said = await customer.look()

    assert ResponseKey.PARCEL_SHIPPED in said
    assert ResponseKey.FOLLOW_UP_CASE not in said


async def test_it_is_told_although_nobody_is_identified_any_more(redis: Redis) -> None:
    customer = Followed(order(), redis)
    await customer.follow()
    await customer.services.verified.forget(FOLLOW_UP.conversation_id)
    customer.change(parcel_json(**DELIVERED))

    assert ResponseKey.PARCEL_DELIVERED in await customer.look()


@pytest.mark.parametrize("system", ["orders", "cases"])
async def test_a_system_that_fails_is_met_with_silence(system: str, redis: Redis) -> None:
    customer = await with_case(redis)
    failing = customer.orders if system == "orders" else customer.cases
    failing.failure = SystemUnreachable(system)

    assert await customer.look() == []
    failing.failure = None
    customer.cases.move(CASE, CaseState.PROOF_RECEIVED)
    assert ResponseKey.FOLLOW_UP_CASE in await customer.look()


async def test_nobody_hears_anything_who_did_not_ask(redis: Redis) -> None:
    customer = Followed(order(), redis)

    assert await customer.look() == []


async def test_the_same_look_repeated_says_the_same(redis: Redis) -> None:
    customer = Followed(order(), redis)
    await customer.follow()
    customer.change(parcel_json(**DELIVERED))
    payload = f'/follow_up{{"order_number": "{NUMBER}"}}'

    first = await customer.say(payload, "follow_up", order_number=NUMBER)
    again = await customer.say(payload, "follow_up", order_number=NUMBER)

    assert first == again
    assert ResponseKey.PARCEL_DELIVERED in first


async def test_what_was_held_back_is_told_by_the_next_look(redis: Redis) -> None:
    customer = Followed(order(), redis)
    await customer.follow()
    customer.change(parcel_json(**DELIVERED))
    kept = customer.services.follow_ups
    payload = f'/follow_up{{"order_number": "{NUMBER}"}}'
    await customer.say(payload, "follow_up", order_number=NUMBER)
    looks: list[DueLook] = list(await kept.take_due(now=now()))
    await kept.settle(looks[0], told=False, now=now())

    assert ResponseKey.PARCEL_DELIVERED in await customer.look()


async def test_an_open_question_stays_open_and_is_not_put_again(redis: Redis) -> None:
    customer = Followed(order(parcel_json(**DELIVERED)), redis)
    request = CaseRequest(kind=CaseKind.REFUND_REQUEST, order_number=NUMBER)
    await customer.cases.open(request, idempotency_key="1")
    await customer.follow()
    await customer.begin("it says delivered but its not here", "delivered_not_received")
    matter = customer.talk.slots["matter"]
    customer.cases.move(CASE, CaseState.WITH_FULFILMENT)

    said = await customer.look()

    assert ResponseKey.FOLLOW_UP_CASE in said
    assert ResponseKey.ASK_LOOKED_AROUND_AGAIN not in said
    assert customer.talk.slots["matter"] == matter
