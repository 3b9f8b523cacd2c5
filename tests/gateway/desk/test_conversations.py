from datetime import datetime, timedelta

from gateway.desk.accounts import Role
from support.handover import StepNote
from support.ids import ConversationId
from support.times import utc_now
from tests.fakes.chat import Chat, RunningGateway
from tests.fakes.problems import problem
from tests.gateway.desk.agents import SignIn, asks_for_person, audited, taken
from tests.gateway.test_access import signed


async def test_who_waits_is_on_the_board(sign_in: SignIn, gateway: RunningGateway, chat: Chat):
    kim = await sign_in()
    await asks_for_person(gateway, chat)

    board = await kim.get("board")

    (waiting,) = board["waiting"]
    assert waiting["conversation_id"] == chat.id
    assert waiting["summary"] == "Wants to talk."
    assert waiting["position"] == 1


async def test_agent_and_customer_hold_a_conversation(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    kim = await taken(sign_in, gateway, chat)

    await kim.done(
        f"conversations/{chat.id}/messages", client_message_id="a1", text="Hi, how can I help?"
    )
    await chat.say("It is not here")

    told = [(one["sender"], one["text"]) for one in await chat.messages()][-3:]
    assert told == [
        ("system", "Kim has joined the chat."),
        ("agent", "Hi, how can I help?"),
        ("customer", "It is not here"),
    ]
    opened = await kim.get(f"conversations/{chat.id}")
    assert opened["entries"][-1]["text"] == "It is not here"
    assert opened["conversation"]["agent"] == "kim"


async def test_the_same_message_twice_is_said_once(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    kim = await taken(sign_in, gateway, chat)

    for _ in range(2):
        await kim.done(f"conversations/{chat.id}/messages", client_message_id="a1", text="Hello")

    assert [one["text"] for one in await chat.messages()].count("Hello") == 1


async def test_who_presses_twice_has_it_once(sign_in: SignIn, gateway: RunningGateway, chat: Chat):
    kim = await sign_in()
    await asks_for_person(gateway, chat)
    await gateway.services.handover.routine.round()

    for _ in range(2):
        assert (await kim.done(f"conversations/{chat.id}/accept"))["agent"] == "kim"
        assert (await kim.done(f"conversations/{chat.id}/take-over"))["agent"] == "kim"
    lee = await sign_in("lee")

    assert problem(await lee.post(f"conversations/{chat.id}/accept")) == (409, "not_yours")
    joined = [one for one in await chat.messages() if "Kim has joined" in one["text"]]
    assert len(joined) == 1


async def test_only_who_has_it_can_speak_in_it(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    await taken(sign_in, gateway, chat)
    lee = await sign_in("lee")

    answer = await lee.post(
        f"conversations/{chat.id}/messages", client_message_id="a1", text="Hello"
    )

    assert problem(answer) == (409, "not_yours")


async def test_a_signed_in_customers_first_name_is_on_the_board(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    kim = await sign_in()
    known = await gateway.start_chat(customer_token=signed(given_name="Noor"))
    for one in (known, chat):
        await asks_for_person(gateway, one)

    waiting = (await kim.get("board"))["waiting"]

    assert {one["conversation_id"]: one["first_name"] for one in waiting} == {
        known.id: "Noor",
        chat.id: None,
    }


async def test_agents_do_not_open_what_nobody_asked_them_to(sign_in: SignIn, chat: Chat):
    kim = await sign_in()

    answer = await kim.http.get(f"/v1/desk/conversations/{chat.id}")

    assert problem(answer) == (403, "not_visible")


async def test_notes_are_for_the_desk_alone(sign_in: SignIn, gateway: RunningGateway, chat: Chat):
    kim = await taken(sign_in, gateway, chat)

    await kim.done(f"conversations/{chat.id}/notes", text="Very upset, be kind")

    opened = await kim.get(f"conversations/{chat.id}")
    assert [note["text"] for note in opened["notes"]] == ["Very upset, be kind"]
    assert "upset" not in str(await chat.messages())


async def test_what_the_assistant_did_is_ticked_and_the_next_step_is_marked(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    step = StepNote(step="looked_around", outcome="not there", source="customer")
    kim = await taken(
        sign_in, gateway, chat, topic="missing_parcel", verified="matched", steps=(step,)
    )

    procedure = (await kim.get(f"conversations/{chat.id}"))["procedure"]

    done = {one["title"]: one["done"]["outcome"] for one in procedure["steps"] if one["done"]}
    assert done == {
        "Collect customer details": "matched",
        "Check around the property": "not there",
    }
    assert [one["title"] for one in procedure["steps"] if one["is_next"]] == [
        "Check the order system"
    ]


async def test_a_step_can_be_ticked_by_hand(sign_in: SignIn, gateway: RunningGateway, chat: Chat):
    kim = await taken(sign_in, gateway, chat, topic="missing_parcel")

    await kim.done(f"conversations/{chat.id}/ticks", topic="missing_parcel", number=1, done=True)

    procedure = (await kim.get(f"conversations/{chat.id}"))["procedure"]
    done = procedure["steps"][0]["done"]
    assert done["outcome"] == "ticked by Kim"
    assert abs(utc_now() - datetime.fromisoformat(done["at"])) < timedelta(minutes=1)


async def test_it_is_passed_on_with_a_note(sign_in: SignIn, gateway: RunningGateway, chat: Chat):
    kim = await taken(sign_in, gateway, chat)

    passed = await kim.done(
        f"conversations/{chat.id}/transfer", note="Knows sellers", skill="marketplace"
    )

    assert passed["owner"] == "QUEUED"
    assert passed["note"] == "Knows sellers"
    assert passed["skill"] == "marketplace"


async def test_it_is_given_back_to_the_assistant(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    kim = await taken(sign_in, gateway, chat)

    given = await kim.done(f"conversations/{chat.id}/give-back", summary="Wants to be told")

    assert given["owner"] == "BOT"
    assert "I'm the assistant again" in (await chat.messages())[-1]["text"]


async def test_an_order_number_that_is_none_goes_to_nobody(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    kim = await taken(sign_in, gateway, chat)
    path = f"conversations/{chat.id}"

    refused = await kim.post(
        f"{path}/give-back", summary="Settled", slots={"order_number": "hello!"}
    )
    looked_up = await kim.http.get(f"/v1/desk/{path}/order", params={"number": "hello"})

    assert problem(refused) == (422, "wrong_order_number")
    assert problem(looked_up) == (422, "wrong_order_number")
    assert (await kim.get(path))["conversation"]["owner"] == "AGENT"


async def test_it_is_closed_with_a_reason(sign_in: SignIn, gateway: RunningGateway, chat: Chat):
    kim = await taken(sign_in, gateway, chat)

    closed = await kim.done(f"conversations/{chat.id}/close", reason="Solved")

    assert closed["owner"] == "CLOSED"
    assert ("changed owner", "closed") in await audited(sign_in)


async def test_after_stop_nothing_can_be_sent_and_the_reason_is_told(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    kim = await taken(sign_in, gateway, chat)
    await gateway.services.handover.customers.stop(chat.id)  # type: ignore[arg-type]

    answer = await kim.post(
        f"conversations/{chat.id}/messages", client_message_id="a1", text="Hello"
    )

    assert problem(answer) == (409, "stopped")
    assert (await kim.get(f"conversations/{chat.id}"))["conversation"]["stopped"] is True


async def test_without_the_actions_no_order_is_shown(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    kim = await taken(sign_in, gateway, chat)

    answer = await kim.http.get(
        f"/v1/desk/conversations/{chat.id}/order", params={"number": "410200341"}
    )

    assert problem(answer) == (503, "actions_unavailable")


async def test_supervisors_reassign(sign_in: SignIn, gateway: RunningGateway, chat: Chat):
    await taken(sign_in, gateway, chat)
    await sign_in("lee")
    sam = await sign_in("sam", Role.SUPERVISOR)

    moved = await sam.done(
        f"supervisor/conversations/{chat.id}/reassign", to="lee", note="Kim goes home"
    )

    assert moved["owner"] == "QUEUED"
    await gateway.services.handover.routine.round()
    (offered,) = (await sam.get("board"))["reserved"]
    assert offered["agent"] == "lee"
    told = [message["text"] for message in await chat.messages()]
    assert any("Kim is passing you on" in text for text in told)
    assert not any("Sam" in text for text in told)


async def test_supervisors_choose_who_is_offered_a_waiting_customer(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    await sign_in("kim")
    await sign_in("lee")
    await asks_for_person(gateway, chat)
    sam = await sign_in("sam", Role.SUPERVISOR)
    before = await chat.messages()

    moved = await sam.done(
        f"supervisor/conversations/{chat.id}/reassign", to="lee", note="Knows the seller"
    )
    await gateway.services.handover.routine.round()

    (offered,) = (await sam.get("board"))["reserved"]
    assert (moved["owner"], offered["agent"]) == ("QUEUED", "lee")
    assert await chat.messages() == before


async def test_who_types_to_a_customer_is_at_work(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    kim = await taken(sign_in, gateway, chat)

    await kim.done(f"conversations/{chat.id}/typing")

    held = await gateway.services.handover.store.read(ConversationId(chat.id))
    assert held.handling.worked_at is not None
