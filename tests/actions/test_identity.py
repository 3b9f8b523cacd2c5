import pytest
from redis.asyncio import Redis

from actions.check_tracking import CheckTracking
from actions.identity import IDENTITY_FORM
from actions.identity_form import AnswerTopic, UseDetails, ValidateIdentityForm
from actions.responses import ResponseKey
from actions.services import Services
from actions.status_topics import EtaQuestion, OrderStatus
from actions.topics import Topic
from actions.tracking_topics import TrackingHistory
from support.state.attempts import LIMITS
from support.state.errors import StateUnavailable
from support.systems.errors import SystemUnreachable
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.orders import line_json, order

SAM = "sam@example.com"
OTHER = {"number": "410200999", "contact": {"first_name": "Alex", "email": "alex@example.com"}}


def use_details(services: Services) -> UseDetails:
    return UseDetails(
        services,
        {Topic.ORDER_STATUS: OrderStatus(services)},
        CheckTracking(services, TrackingHistory(services)),
    )


@pytest.fixture
def services(redis: Redis) -> Services:
    return services_for_tests(
        order(),
        order(number="410200342", placed_at="2026-11-20T09:12:00+11:00"),
        order(**OTHER, customer_id="c-2"),
        redis=redis,
    )


async def test_number_and_contact_in_one_sentence_are_answered_at_once(services: Services) -> None:
    talk = Conversation()

    said = await talk.turn(OrderStatus(services), order_number="410200341", email=SAM)

    assert ResponseKey.PARCEL_SHIPPED in said
    assert talk.followup is None


@pytest.mark.parametrize(
    "contact",
    [{"email": "sam@example.com"}, {"phone": "+61400000001"}],
    ids=["email", "phone"],
)
async def test_either_contact_of_the_checkout_is_enough(
    services: Services, contact: dict[str, str]
) -> None:
    talk = Conversation()

    said = await talk.turn(OrderStatus(services), order_number="410200341", **contact)

    assert ResponseKey.PARCEL_SHIPPED in said


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ({}, "ask_both"),
        ({"order_number": "410200341"}, "ask_contact"),
        ({"email": SAM}, "ask_order_number"),
    ],
    ids=["nothing", "number", "contact"],
)
async def test_only_what_is_missing_is_asked(
    services: Services, said: dict[str, str], question: str
) -> None:
    talk = Conversation()

    await talk.turn(OrderStatus(services), **said)

    assert talk.followup == IDENTITY_FORM
    assert talk.slots["identity_question"] == question


async def test_what_was_asked_first_is_answered_once_it_is_known_who_asks(
    services: Services,
) -> None:
    talk = Conversation()
    topics = {Topic.ETA: EtaQuestion(services), Topic.ORDER_STATUS: OrderStatus(services)}

    await talk.turn(topics[Topic.ETA], order_number="410200341")
    said = await talk.turn(AnswerTopic(services, topics), email=SAM)

    assert ResponseKey.PARCEL_ETA_PROMISED in said
    assert talk.slots["topic"] == Topic.ETA


@pytest.mark.parametrize(
    "details",
    [
        {"order_number": "410200341", "email": "someone@example.com"},
        {"order_number": "999999999", "email": SAM},
        {"order_number": "410200999", "email": SAM},
    ],
    ids=["wrong contact", "no such order", "somebody else's order"],
)
async def test_no_such_order_and_wrong_contact_look_the_same(
    services: Services, details: dict[str, str]
) -> None:
    talk = Conversation()

    said = await talk.turn(OrderStatus(services), **details)

    assert said == [ResponseKey.IDENTITY_NOT_MATCHED]
    assert talk.followup is None
    assert talk.slots["order_number"] is None
    assert talk.slots["contact"] is None


async def test_a_corrected_number_is_tried_with_the_contact_given_before(
    services: Services,
) -> None:
    talk = Conversation()
    await talk.turn(OrderStatus(services), order_number="410200344", email=SAM)

    said = await talk.turn(use_details(services), order_number="410200342")

    assert ResponseKey.PARCEL_SHIPPED in said
    assert talk.slots["order_number"] == "410200342"


async def test_a_corrected_contact_is_tried_with_the_number_given_before(
    services: Services,
) -> None:
    talk = Conversation()
    await talk.turn(OrderStatus(services), order_number="410200341", email="sma@example.com")

    said = await talk.turn(use_details(services), email=SAM)

    assert ResponseKey.PARCEL_SHIPPED in said
    assert talk.slots["order_number"] == "410200341"


async def test_another_number_is_answered_with_the_contact_already_given(
    services: Services,
) -> None:
    talk = Conversation()
    topics = {Topic.ORDER_STATUS: OrderStatus(services)}
    await talk.turn(topics[Topic.ORDER_STATUS], order_number="410200341", email=SAM)

    await talk.turn(use_details(services), order_number="410200342")

    assert talk.said(ResponseKey.ORDER_STANDARD)["order_number"] == "410200342"


async def test_verified_once_is_verified_for_the_session(services: Services) -> None:
    talk = Conversation()
    await talk.turn(OrderStatus(services), order_number="410200341", email=SAM)
    talk.slots["contact"] = None

    said = await talk.turn(OrderStatus(services))

    assert ResponseKey.PARCEL_SHIPPED in said


async def test_another_persons_order_is_refused_after_ones_own_was_shown(
    services: Services,
) -> None:
    talk = Conversation()
    await talk.turn(OrderStatus(services), order_number="410200341", email=SAM)

    said = await talk.turn(OrderStatus(services), order_number="410200999")

    assert said == [ResponseKey.IDENTITY_NOT_MATCHED]


async def test_several_orders_in_one_message_are_all_answered(services: Services) -> None:
    talk = Conversation()

    said = await talk.turn(
        OrderStatus(services), order_number=["410200341", "410200342"], email=SAM
    )

    assert said.count(ResponseKey.ORDER_STANDARD) == 2


async def test_after_five_failures_nothing_is_looked_up_not_even_with_right_details(
    services: Services,
) -> None:
    talk = Conversation()
    for number in range(5):
        await talk.turn(OrderStatus(services), order_number=f"99999999{number}", email=SAM)

    said = await talk.turn(OrderStatus(services), order_number="410200341", email=SAM)

    assert said == [ResponseKey.IDENTITY_LIMITED]


async def test_a_sender_is_limited_over_several_conversations(services: Services) -> None:
    for attempt in range(LIMITS["sender"].failures):
        talk = Conversation(conversation_id=f"conversation-{attempt}")
        await talk.turn(OrderStatus(services), order_number=f"9999999{attempt:02d}", email=SAM)
    fresh = Conversation(conversation_id="fresh")

    said = await fresh.turn(OrderStatus(services), order_number="410200341", email=SAM)

    assert said == [ResponseKey.IDENTITY_LIMITED]


async def test_a_signed_in_customer_is_offered_the_latest_order_and_the_others(
    services: Services,
) -> None:
    talk = Conversation(customer_id="c-1001")

    said = await talk.turn(OrderStatus(services))

    assert said == [ResponseKey.OFFER_ORDERS]
    offer = talk.said(ResponseKey.OFFER_ORDERS)
    assert offer["order_number"] == "410200342"
    assert [button["payload"] for button in offer["buttons"]] == [
        '/provide_details{"order_number": "410200342"}',
        '/provide_details{"order_number": "410200341"}',
    ]


async def test_an_offered_order_is_picked_by_what_is_in_it(redis: Redis) -> None:
    toaster = order(number="410200342", lines=[line_json(name="Toaster")])
    services = services_for_tests(order(), toaster, redis=redis)
    talk = Conversation(customer_id="c-1001")
    await talk.turn(OrderStatus(services))

    again = await talk.turn(use_details(services), "the thing with legs")
    said = await talk.turn(use_details(services), "the kettle")

    assert again[-1] is ResponseKey.OFFER_ORDERS
    assert ResponseKey.PARCEL_SHIPPED in said
    assert talk.slots["order_number"] == "410200341"


async def test_a_signed_in_customer_with_one_order_is_told_about_it(services: Services) -> None:
    talk = Conversation(customer_id="c-2")

    said = await talk.turn(OrderStatus(services))

    assert ResponseKey.PARCEL_SHIPPED in said
    assert talk.slots["order_number"] == "410200999"


async def test_a_signed_in_customer_need_not_give_a_contact(services: Services) -> None:
    talk = Conversation(customer_id="c-1001")

    said = await talk.turn(OrderStatus(services), order_number="410200341")

    assert ResponseKey.PARCEL_SHIPPED in said


async def test_a_signed_in_customer_has_to_prove_somebody_elses_order(services: Services) -> None:
    talk = Conversation(customer_id="c-1001")

    await talk.turn(OrderStatus(services), order_number="410200999")

    assert talk.slots["identity_question"] == "ask_contact"


async def test_details_that_cannot_be_made_out_are_said_to_be_so(services: Services) -> None:
    talk = Conversation(active_form=IDENTITY_FORM)

    said = await talk.turn(use_details(services), "1243")

    assert said == [ResponseKey.DETAIL_NOT_RECOGNISED]
    assert talk.followup == IDENTITY_FORM


async def test_the_form_sets_nothing_from_a_message_without_details(services: Services) -> None:
    talk = Conversation(active_form=IDENTITY_FORM)

    said = await talk.turn(ValidateIdentityForm(services), "what?")

    assert said == []
    assert talk.slots == {}


async def test_with_the_order_system_down_nothing_counts_as_a_failed_attempt(
    services: Services,
) -> None:
    talk = Conversation()
    services.orders.failure = SystemUnreachable("orders")  # type: ignore[attr-defined]
    for _ in range(6):
        said = await talk.turn(OrderStatus(services), order_number="410200341", email=SAM)
        assert said == [ResponseKey.ORDER_SYSTEM_UNAVAILABLE]
    services.orders.failure = None  # type: ignore[attr-defined]

    topics = {Topic.ORDER_STATUS: OrderStatus(services)}
    said = await talk.turn(AnswerTopic(services, topics), "try again")

    assert ResponseKey.PARCEL_SHIPPED in said


async def test_without_redis_nothing_about_an_order_is_told() -> None:
    talk = Conversation()
    unconnected = services_for_tests(order())

    with pytest.raises(StateUnavailable):
        await talk.turn(OrderStatus(unconnected), order_number="410200341", email=SAM)


async def test_the_form_takes_the_contact_in_reserve_with_a_corrected_number(
    services: Services,
) -> None:
    talk = Conversation()
    await talk.turn(OrderStatus(services), order_number="410200344", email=SAM)

    await talk.turn(ValidateIdentityForm(services), order_number="410200342")

    assert (talk.slots["order_number"], talk.slots["contact"]) == ("410200342", SAM)


@pytest.mark.parametrize(
    ("known", "question"),
    [
        ({}, "both_again"),
        ({"email": SAM}, "order_number_again"),
        ({"order_number": "410200341"}, "contact_again"),
    ],
    ids=["neither", "no number", "no contact"],
)
async def test_a_question_that_was_not_answered_is_asked_again_with_help(
    services: Services, known: dict[str, str], question: str
) -> None:
    talk = Conversation()
    await talk.turn(OrderStatus(services), **known)
    talk.active_form = IDENTITY_FORM

    await talk.turn(OrderStatus(services), "i lost it")

    assert talk.followup == IDENTITY_FORM
    assert talk.slots["identity_question"] == question


async def test_a_tracking_number_given_in_place_of_an_order_number_gets_its_link(
    services: Services,
) -> None:
    talk = Conversation(active_form=IDENTITY_FORM)

    said = await talk.turn(use_details(services), tracking_number="JDQ019457101000930308")

    assert said == [ResponseKey.TRACKING_LINK]
    assert talk.active_form is None


async def test_an_offer_is_over_once_an_order_was_told(services: Services) -> None:
    talk = Conversation(customer_id="c-1001")
    await talk.turn(OrderStatus(services))

    await talk.turn(use_details(services), order_number="410200341")

    assert talk.slots["offered_order"] is None


@pytest.mark.parametrize(
    ("known", "question"), [({}, "ask_both"), ({"email": SAM}, "ask_order_number")]
)
async def test_a_signed_in_customer_without_orders_is_asked_for_what_is_missing(
    services: Services, known: dict[str, str], question: str
) -> None:
    talk = Conversation(customer_id="c-without-orders")

    await talk.turn(OrderStatus(services), **known)

    assert talk.slots["identity_question"] == question
