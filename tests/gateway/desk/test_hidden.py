from tests.fakes.chat import Chat, RunningGateway
from tests.gateway.desk.agents import SignIn, audited, taken


async def test_personal_data_is_hidden_and_a_reveal_is_noted(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    await chat.say("I am sam@example.com")
    kim = await taken(sign_in, gateway, chat)
    opened = await kim.get(f"conversations/{chat.id}")

    shown = await kim.done(f"conversations/{chat.id}/reveal", position=1)

    assert opened["entries"][0]["text"] == "I am [email]"
    assert opened["entries"][0]["hides"] is True
    assert shown["text"] == "I am sam@example.com"
    assert ("revealed", "message 1") in await audited(sign_in)


async def test_what_customers_were_told_hides_their_contact_and_keeps_the_order(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    await chat.say("where is it")
    kim = await taken(sign_in, gateway, chat)
    told = "Order 410200341 goes to 12 Smith Street, Richmond VIC 3121; I'll ring 0400 000 001."
    await kim.done(f"conversations/{chat.id}/messages", client_message_id="a1", text=told)

    entry = (await kim.get(f"conversations/{chat.id}"))["entries"][-1]
    shown = await kim.done(f"conversations/{chat.id}/reveal", position=entry["position"])

    assert entry["hides"] is True
    assert "410200341" in entry["text"]
    assert "Richmond VIC 3121" in entry["text"]
    assert "Smith Street" not in entry["text"]
    assert "0400" not in entry["text"]
    assert shown["text"] == told


async def test_a_card_number_is_hidden_whoever_wrote_it(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    kim = await taken(sign_in, gateway, chat)
    told = "You paid with 4111 1111 1111 1111 for 410200341, didn't you?"
    await kim.done(f"conversations/{chat.id}/messages", client_message_id="a1", text=told)

    entry = (await kim.get(f"conversations/{chat.id}"))["entries"][-1]

    assert entry["text"] == "You paid with [card] for 410200341, didn't you?"
    assert entry["hides"] is True


async def test_a_one_time_code_is_never_shown(sign_in: SignIn, gateway: RunningGateway, chat: Chat):
    await chat.say("it is 123 456")
    kim = await taken(sign_in, gateway, chat)

    shown = await kim.done(f"conversations/{chat.id}/reveal", position=1)

    assert "123" not in shown["text"]
    assert (await kim.get(f"conversations/{chat.id}"))["entries"][0]["hides"] is False


async def test_a_phone_number_is_no_code(sign_in: SignIn, gateway: RunningGateway, chat: Chat):
    await chat.say("ring me on 0491 570 158")
    kim = await taken(sign_in, gateway, chat)
    entry = (await kim.get(f"conversations/{chat.id}"))["entries"][0]

    shown = await kim.done(f"conversations/{chat.id}/reveal", position=1)

    assert entry["text"] == "ring me on [phone]"
    assert shown["text"] == "ring me on 0491 570 158"
