"""What is special about Chatwoot: no idempotency keys, and which of its errors pass."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from support.systems.desk.chatwoot.adapter import ChatwootDesk
from support.systems.desk.errors import DeskRefused
from support.systems.desk.models import DeskMessage
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemOutOfOrder,
    SystemRateLimited,
    SystemUnreachable,
)
from tests.fakes.chatwoot import INBOX, TOKEN, Chatwoot
from tests.support.systems.desk.conftest import CheckedChatwoot, chatwoot_desk
from tests.support.systems.desk.test_contract import OPENING

URL = "https://chatwoot.test"
HELLO = DeskMessage(key="m-1", text="Hello?")


@pytest.fixture
def chatwoot() -> Chatwoot:
    return Chatwoot()


@pytest.fixture
async def desk(chatwoot: Chatwoot) -> AsyncIterator[ChatwootDesk]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(chatwoot.app())) as client:
        yield chatwoot_desk(URL, client)


async def test_what_is_known_stands_beside_the_conversation(desk: ChatwootDesk, chatwoot: Chatwoot):
    await desk.open(OPENING)
    [contact], [conversation] = chatwoot.contacts, chatwoot.conversations
    assert (contact["identifier"], contact["name"]) == ("customer(1001)", "Sam")
    assert conversation["inbox_id"] == INBOX
    assert conversation["custom_attributes"] == {
        "assistant_conversation": "c-1",
        "channel": "web",
        "order_number": "410200341",
    }


async def test_a_contact_that_only_looks_alike_is_another(desk: ChatwootDesk, chatwoot: Chatwoot):
    chatwoot.contacts.append({"id": 1, "identifier": "x customer(1001)"})
    place = await desk.open(OPENING)
    assert place.contact != "1"


async def test_a_contact_created_by_somebody_faster_is_taken(
    desk: ChatwootDesk, chatwoot: Chatwoot
):
    chatwoot.contacts.append({"id": 1, "identifier": "customer(1001)"})
    chatwoot.blind_searches = 1
    assert (await desk.open(OPENING)).contact == "1"
    assert len(chatwoot.contacts) == 1


@pytest.mark.parametrize("lost", [1, 2])
async def test_an_opening_whose_answer_was_lost_is_found(
    desk: ChatwootDesk, chatwoot: Chatwoot, lost: int
):
    chatwoot.lost_answers = lost
    for _ in range(lost):
        with pytest.raises(SystemOutOfOrder):
            await desk.open(OPENING)
    await desk.open(OPENING)
    assert len(chatwoot.contacts) == len(chatwoot.conversations) == 1


async def test_a_message_whose_answer_was_lost_is_sent_once_and_found(
    desk: ChatwootDesk, chatwoot: Chatwoot
):
    place = await desk.open(OPENING)
    chatwoot.lost_answers = 1
    with pytest.raises(SystemOutOfOrder):
        await desk.tell(place, HELLO)
    assert chatwoot.said() == ["Hello?"]
    assert await desk.find(place, "m-1") is not None


async def test_a_message_is_found_behind_more_than_a_page(desk: ChatwootDesk):
    place = await desk.open(OPENING)
    for number in range(205):
        last = await desk.tell(place, DeskMessage(key=f"m-{number}", text="..."))
    assert await desk.find(place, "m-204") == last


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, DeskRefused),
        (403, DeskRefused),
        (422, DeskRefused),
        (429, SystemRateLimited),
        (500, SystemOutOfOrder),
        (503, SystemOutOfOrder),
    ],
)
async def test_which_errors_last(
    desk: ChatwootDesk, chatwoot: Chatwoot, status: int, error: type[Exception]
):
    place = await desk.open(OPENING)
    chatwoot.refusals = [status]
    with pytest.raises(error) as raised:
        await desk.tell(place, HELLO)
    assert str(status) in str(raised.value) or status == 429
    assert chatwoot.said() == []


async def test_it_says_when_to_come_back(desk: ChatwootDesk, chatwoot: Chatwoot):
    chatwoot.refusals = [429]
    with pytest.raises(SystemRateLimited) as raised:
        await desk.open(OPENING)
    assert raised.value.retry_after == timedelta(seconds=1)


async def test_a_wrong_token_is_refused(chatwoot: Chatwoot):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(chatwoot.app())) as client:
        with pytest.raises(DeskRefused, match="401"):
            await chatwoot_desk(URL, client, token="wrong").open(OPENING)


async def test_nobody_there_and_another_page_there():
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    def log_in(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text="<html>", request=request)

    for answers, error in ((refuse, SystemUnreachable), (log_in, SystemAnswerMalformed)):
        async with httpx.AsyncClient(transport=httpx.MockTransport(answers)) as client:
            with pytest.raises(error):
                await chatwoot_desk(URL, client).open(OPENING)


async def test_what_is_asked_is_held_against_the_published_description(
    checked: CheckedChatwoot, client: httpx.AsyncClient
):
    url = f"{checked.address}/api/v1/accounts/7/conversations/1/toggle_status"
    with pytest.raises(AssertionError, match="must be equal to one of the allowed values"):
        await client.post(url, json={"status": "closed"}, headers={"api_access_token": TOKEN})
