from gateway.desk.accounts import Role
from tests.fakes.chat import Chat, RunningGateway
from tests.gateway.desk.agents import SignIn, taken


async def test_history_is_found_and_exported(sign_in: SignIn, gateway: RunningGateway, chat: Chat):
    kim = await taken(sign_in, gateway, chat, order_number="410200341")
    await kim.done(f"conversations/{chat.id}/close", reason="Solved")
    sam = await sign_in("sam", Role.SUPERVISOR)

    (found,) = await sam.get("supervisor/history", words="410200341")
    nothing = await sam.get("supervisor/history", words="410200999")
    table = await sam.http.get("/v1/desk/supervisor/export.csv")

    assert found["agents"] == ["kim"]
    assert found["close_reason"] == "Solved"
    assert set(found["clocks"]) == {"bot", "queue", "agent", "customer"}
    assert nothing == []
    header, row = table.text.splitlines()
    assert header.endswith("bot_seconds,queue_seconds,agent_seconds,customer_seconds")
    assert chat.id in row


async def test_what_is_closed_is_read_once_and_a_later_rating_still_counts(
    sign_in: SignIn, gateway: RunningGateway, chat: Chat
):
    kim = await taken(sign_in, gateway, chat)
    await kim.done(f"conversations/{chat.id}/close", reason="Solved")
    sam, redis = await sign_in("sam", Role.SUPERVISOR), gateway.services.redis
    first = await sam.get("supervisor/figures")
    before = (await redis.info("commandstats"))["cmdstat_xrange"]["calls"]
    await chat.http.post(f"{chat.path}/rating", json={"score": 5}, headers=chat.headers)

    again = await sam.get("supervisor/figures")

    assert (first["closed"], first["rating"]) == (1, None)
    assert (again["closed"], again["rating"]) == (1, 5)
    assert again["clocks"] == first["clocks"]
    assert (await redis.info("commandstats"))["cmdstat_xrange"]["calls"] == before
