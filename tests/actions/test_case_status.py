from datetime import timedelta

from redis.asyncio import Redis

from actions.questions import Question
from actions.responses import ResponseKey
from support.ids import CaseReference, OrderNumber, TicketReference
from support.systems.cases.models import CaseKind, CaseRequest, CaseState
from support.systems.errors import SystemUnreachable
from tests.actions.chatting import Chat
from tests.orders import NOW, line_json, order, parcel_json

INTENT = "case_status"
SELLER = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}
DELIVERED = parcel_json(status="delivered", delivered_at="2026-11-24T12:00:00+11:00")


async def opened(customer: Chat, number: str = "410200341", *kinds: CaseKind) -> None:
    for kind in kinds or (CaseKind.MISSING_PARCEL,):
        request = CaseRequest(kind=kind, order_number=OrderNumber(number))
        await customer.cases.open(request, idempotency_key=f"{number} {kind}")


async def test_a_reference_alone_is_not_enough(redis: Redis) -> None:
    customer = Chat(order(), redis)
    await opened(customer)

    said = await customer.say("whats happening with CASE-000001", INTENT)

    assert ResponseKey.CASE_IS_OPEN not in said
    assert customer.talk.followup == "identity_form"


async def test_state_last_step_and_next_step_are_told(redis: Redis) -> None:
    customer = Chat(order(), redis)
    await opened(customer)
    customer.cases.move(CaseReference("CASE-000001"), CaseState.PROOF_RECEIVED)

    said = await customer.begin("any news on my case", INTENT)

    assert said[:3] == [
        ResponseKey.CASE_IS_OPEN,
        ResponseKey.CASE_PROOF_RECEIVED,
        ResponseKey.CASE_NO_DATE,
    ]
    assert ResponseKey.PARCEL_SHIPPED not in said
    assert ResponseKey.ASK_TELL_ME in said


async def test_the_reference_in_the_first_sentence_is_kept_through_the_questions(
    redis: Redis,
) -> None:
    customer = Chat(order(), redis)
    await opened(customer, "410200341", CaseKind.MISSING_PARCEL, CaseKind.REFUND_REQUEST)
    await customer.say("whats happening with CASE-000001", INTENT)

    said = await customer.begin("410200341 sam@example.com", "provide_details")

    assert said.count(ResponseKey.CASE_IS_OPEN) == 1
    assert customer.talk.said(ResponseKey.CASE_IS_OPEN)["reference"] == "CASE-000001"


async def test_a_case_of_another_order_is_not_told_about(redis: Redis) -> None:
    customer = Chat(order(), redis)
    await opened(customer, "410200999")

    said = await customer.begin("whats happening with CASE-000001", INTENT)

    assert said[:2] == [ResponseKey.CASE_OTHER_REFERENCE, ResponseKey.CASE_NONE]


async def test_without_a_case_what_can_be_done_is_offered(redis: Redis) -> None:
    customer = Chat(order(), redis)

    said = await customer.begin("any update on my case", INTENT)

    assert said[0] is ResponseKey.CASE_NONE
    assert customer.talk.buttons[0] == "/delivered_not_received"


async def test_at_most_three_are_told_and_the_rest_is_counted(redis: Redis) -> None:
    customer = Chat(order(), redis)
    kinds = (
        CaseKind.MISSING_PARCEL,
        CaseKind.STUCK_PARCEL,
        CaseKind.REFUND_REQUEST,
        CaseKind.CARRIER_REDIRECT,
    )
    await opened(customer, "410200341", *kinds)

    said = await customer.begin("any update on my cases", INTENT)

    assert said.count(ResponseKey.CASE_IS_OPEN) == 3
    assert customer.talk.said(ResponseKey.CASE_MORE)["count"] == "1"


async def test_a_ticket_the_seller_left_unanswered_is_offered_to_the_operator(
    redis: Redis,
) -> None:
    customer = Chat(order(lines=[line_json(seller=SELLER)]), redis)
    await customer.begin("the seller never sent it", "marketplace_order")
    await customer.yes()
    late = NOW - timedelta(hours=1)
    customer.marketplace.change(TicketReference("MKT-000001"), reply_due=late)

    said = await customer.begin("has the seller answered my ticket", INTENT)

    assert ResponseKey.TICKET_REPLY_OVERDUE in said
    assert customer.talk.slots["matter"]["question"] == Question.ESCALATE_TICKET
    assert ResponseKey.TICKET_ESCALATED in await customer.yes()


async def test_a_system_that_fails_is_said_and_hides_nothing_else(redis: Redis) -> None:
    customer = Chat(order(lines=[line_json(seller=SELLER)]), redis)
    await opened(customer)
    customer.marketplace.failure = SystemUnreachable("marketplace")

    said = await customer.begin("any update on my case", INTENT)

    assert ResponseKey.CASE_IS_OPEN in said
    assert ResponseKey.MARKETPLACE_UNAVAILABLE_TOO in said


async def test_nothing_is_said_not_to_exist_while_the_case_system_fails(redis: Redis) -> None:
    customer = Chat(order(), redis)
    customer.cases.failure = SystemUnreachable("cases")

    said = await customer.begin("any update on my case", INTENT)

    assert said == [ResponseKey.CASE_SYSTEM_UNAVAILABLE_TOO]


async def test_a_check_that_is_open_stays_open(redis: Redis) -> None:
    customer = Chat(order(DELIVERED), redis)
    await customer.begin("it says delivered but its not here", "delivered_not_received")

    said = await customer.say("do i have a case already", INTENT)

    assert said[0] is ResponseKey.CASE_NONE
    assert ResponseKey.ASK_LOOKED_AROUND_AGAIN in said
