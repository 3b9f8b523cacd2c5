import re
from datetime import timedelta

import pytest

from gateway import texts
from gateway.desk.accounts import Role
from gateway.html import element
from gateway.insights import definitions
from gateway.insights.figures import Figures, figures
from gateway.insights.page import render
from gateway.insights.store import Summaries, day_of
from support.times import utc_now
from tests.fakes.chat import RunningGateway
from tests.fakes.problems import problem
from tests.gateway.desk.agents import SignIn
from tests.gateway.insights.conversations import record

KEEP = timedelta(days=30)


async def kept(gateway: RunningGateway) -> None:
    summaries = Summaries(gateway.services.redis)
    for key, channel in (("a", "web"), ("b", "sms"), ("b", "sms")):
        now = utc_now()
        await summaries.keep(record(key, began=now, ended=now, channel=channel), keep=KEEP)


async def test_supervisors_read_figures_of_what_was_kept(gateway: RunningGateway, sign_in: SignIn):
    await kept(gateway)
    sam = await sign_in("sam", Role.SUPERVISOR)

    page = await sam.http.get("/insights")
    figures = (await sam.http.get("/v1/desk/insights")).json()
    table = await sam.http.get("/v1/desk/insights.csv")

    assert page.status_code == 200
    assert "Where is my order" in page.text
    assert figures["channels"] == {"sms": 1, "web": 1}
    assert len(figures["days"]) == 28
    assert "all,,conversations,2" in table.text
    assert table.headers["content-disposition"].startswith("attachment")


async def test_the_page_needs_no_scripts_styles_or_files_from_elsewhere(
    gateway: RunningGateway, sign_in: SignIn
):
    sam = await sign_in("sam", Role.SUPERVISOR)
    page = (await sam.http.get("/insights")).text

    assert not re.search(r"<script|style=|https?://", page)
    for path in re.findall(r'(?:src|href)="(/assets/[^"]+)"', page):
        assert (await gateway.http.get(path)).status_code == 200, path


async def test_agents_and_strangers_do_not_read_them(gateway: RunningGateway, sign_in: SignIn):
    kim = await sign_in("kim", Role.AGENT)
    stranger = await gateway.http.get("/insights")

    assert (stranger.status_code, stranger.headers["location"]) == (303, "/desk")
    assert problem(await gateway.http.get("/v1/desk/insights")) == (401, "not_signed_in")
    for path in ("/insights", "/v1/desk/insights", "/v1/desk/insights.csv"):
        assert problem(await kim.http.get(path)) == (403, "supervisors_only")


@pytest.mark.parametrize(
    "days",
    [
        pytest.param("from=2026-11-02&to=2026-11-01", id="the wrong way round"),
        pytest.param("from=2026-01-01&to=2026-11-01", id="too many"),
        pytest.param("from=9999-12-10&to=9999-12-31", id="in the future"),
    ],
)
async def test_days_that_cannot_be_shown_are_refused(sign_in: SignIn, days: str):
    sam = await sign_in("sam", Role.SUPERVISOR)

    assert problem(await sam.http.get(f"/v1/desk/insights?{days}")) == (422, "wrong_days")


@pytest.mark.parametrize(
    "days",
    [
        "from=2026-11-02&to=2026-11-01",
        "from=yesterday",
        "to=2026-13-01",
        "from=0001-01-01",
        "from=9999-12-10&to=9999-12-31",
    ],
)
async def test_on_the_page_odd_days_are_said_to_be_so(
    sign_in: SignIn, gateway: RunningGateway, days: str
):
    await kept(gateway)
    sam = await sign_in("sam", Role.SUPERVISOR)

    shown = await sam.http.get(f"/insights?{days}")

    assert shown.status_code == 200
    assert texts.INSIGHTS_WRONG_DAYS in shown.text
    assert "Conversations per day" in shown.text


async def test_days_that_are_none_are_a_problem_for_programs(sign_in: SignIn):
    sam = await sign_in("sam", Role.SUPERVISOR)

    assert (await sam.http.get("/v1/desk/insights?from=yesterday")).status_code == 422


async def test_records_go_after_their_time(gateway: RunningGateway):
    await kept(gateway)
    seconds = await gateway.services.redis.ttl(f"insights:day:{day_of(utc_now())}")

    assert 0 < seconds <= KEEP.total_seconds()


def test_a_page_without_conversations_says_so():
    today = day_of(utc_now())
    empty: Figures = figures([], first=today, last=today)
    page = render(empty, today=today)

    assert definitions.NOTHING_YET in page
    assert "<svg" not in page
    for title in (*definitions.HEADLINES, *definitions.SECTIONS):
        assert element("dt", title) in page
