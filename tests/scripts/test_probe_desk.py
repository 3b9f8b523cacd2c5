"""`make probe SYSTEM=chatwoot`."""

import httpx
import pytest

from scripts.probe.desk import desk_questions
from scripts.probe.findings import Finding, probe
from support.systems.desk.settings import DeskCallsSettings
from tests.fakes.chatwoot import SETTINGS, TOKEN

INBOX = {"id": 45, "channel_type": "Channel::Api"}


def settings() -> DeskCallsSettings:
    where = {"chatwoot_url": "https://chatwoot.test/", "chatwoot_api_token": TOKEN}
    return DeskCallsSettings(_env_file=None, **SETTINGS, **where)  # type: ignore[arg-type]


async def found(response: httpx.Response) -> Finding:
    def answer(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == "https://chatwoot.test/api/v1/accounts/7/inboxes/45"
        assert request.headers["api_access_token"] == TOKEN
        return response

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        return await probe(desk_questions(settings())["chatwoot"], client)


async def test_an_inbox_of_the_right_kind_is_well():
    assert (await found(httpx.Response(200, json=INBOX))).well


@pytest.mark.parametrize(
    ("response", "says"),
    [
        (httpx.Response(401, json={}), "CHATWOOT_API_TOKEN"),
        (httpx.Response(404, json={}), "CHATWOOT_INBOX_ID"),
        (
            httpx.Response(200, json={**INBOX, "channel_type": "Channel::WebWidget"}),
            "not in the shape",
        ),
    ],
)
async def test_what_is_wrong_is_said(response: httpx.Response, says: str):
    finding = await found(response)
    assert not finding.well
    assert says in finding.sentence


def test_our_own_page_is_not_asked():
    assert desk_questions(DeskCallsSettings(_env_file=None)) == {}  # type: ignore[call-arg]
