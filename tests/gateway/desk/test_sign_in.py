import httpx
from redis.asyncio import Redis

from gateway.desk.accounts import ACCOUNTS, Role
from gateway.desk.sessions import TRIES
from tests.fakes.chat import RunningGateway, running_gateway
from tests.fakes.problems import problem
from tests.gateway.desk.agents import PASSWORD, SignIn, signed_in


async def tries(http: httpx.AsyncClient, name: str, password: str) -> httpx.Response:
    return await http.post("/v1/desk/session", json={"user_name": name, "password": password})


async def test_nobody_sees_anything_without_signing_in(gateway: RunningGateway):
    for path in ("board", "session", "supervisor/history", "supervisor/export.csv"):
        answer = await gateway.http.get(f"/v1/desk/{path}")

        assert problem(answer) == (401, "not_signed_in")


async def test_a_wrong_password_and_an_unknown_name_are_refused_alike(
    sign_in: SignIn, gateway: RunningGateway
):
    await sign_in()

    wrong = await tries(gateway.http, "kim", "not the password")
    unknown = await tries(gateway.http, "nobody", "not the password")

    assert problem(wrong) == problem(unknown) == (401, "wrong_credentials")
    assert wrong.json() == unknown.json()


async def test_passwords_are_kept_as_hashes_only(sign_in: SignIn, redis: Redis):
    await sign_in()

    stored = str(await redis.hget(ACCOUNTS, "kim"))

    assert PASSWORD not in stored
    assert "$argon2id$" in stored


async def test_guessing_is_stopped_even_with_the_right_password(
    sign_in: SignIn, gateway: RunningGateway
):
    await sign_in()
    for _ in range(TRIES):
        await tries(gateway.http, "kim", "not the password")

    answer = await tries(gateway.http, "kim", PASSWORD)

    assert problem(answer) == (429, "too_many_requests")
    assert int(answer.headers["retry-after"]) > 60


async def test_the_cookie_is_kept_from_scripts_and_other_sites(sign_in: SignIn):
    kim = await sign_in()

    answer = await tries(kim.http, "kim", PASSWORD)

    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


async def test_the_cookie_is_secure_where_the_gateway_is_reached_by_https(
    redis_url: str,
    redis: Redis,  # noqa: ARG001 - empties it
):
    async with running_gateway(redis_url, public_url="https://chat.example.com") as gateway:
        await signed_in(gateway, gateway.http, "kim", Role.AGENT)

        answer = await tries(gateway.http, "kim", PASSWORD)

        assert "Secure" in answer.headers["set-cookie"]


async def test_a_change_without_the_pages_own_token_is_refused(sign_in: SignIn):
    kim = await sign_in()
    kim.csrf = "somebody else's"

    answer = await kim.post("presence/away")

    assert problem(answer) == (403, "csrf")


async def test_a_page_can_ask_whether_somebody_is_signed_in(
    sign_in: SignIn, gateway: RunningGateway
):
    nobody = await gateway.http.get("/v1/desk/ways")
    kim = await sign_in()
    somebody = await kim.http.get("/v1/desk/ways")

    assert (nobody.status_code, nobody.json()["signed_in"]) == (200, False)
    assert somebody.json()["signed_in"] is True


async def test_who_signs_out_is_out_whoever_kept_the_cookie(
    sign_in: SignIn, gateway: RunningGateway
):
    kim = await sign_in()
    cookies = dict(kim.http.cookies)
    await kim.http.delete("/v1/desk/session", headers={"X-CSRF-Token": kim.csrf})

    gateway.http.cookies.update(cookies)
    answer = await gateway.http.get("/v1/desk/session")

    assert problem(answer) == (401, "not_signed_in")


async def test_agents_do_not_get_the_supervisors_view(sign_in: SignIn):
    kim = await sign_in()

    answer = await kim.http.get("/v1/desk/supervisor/history")

    assert problem(answer) == (403, "supervisors_only")


async def test_a_sign_in_is_noted(sign_in: SignIn):
    await sign_in()
    sam = await sign_in("sam", Role.SUPERVISOR)

    noted = await sam.get("supervisor/audit")

    assert [(one["agent_id"], one["doing"]) for one in noted] == [
        ("sam", "signed in"),
        ("kim", "signed in"),
    ]
