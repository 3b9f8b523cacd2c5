import socket
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from sandbox.app import create_app
from sandbox.settings import Settings
from scripts.probe import findings
from scripts.probe.findings import Finding, probe
from scripts.probe.questions import Question, questions
from support.systems.settings import SystemsSettings

ROOT = Path(__file__).parents[2]
KEY = "a-key-for-tests"
BASE = "http://127.0.0.1:8800"
SYSTEMS = ["orders", "cases", "marketplace", "notifications", "australia_post", "aftership"]


def settings(**different: str) -> SystemsSettings:
    given = {
        "order_system_url": f"{BASE}/order-system",
        "case_system_url": f"{BASE}/case-system",
        "marketplace_url": f"{BASE}/marketplace",
        "notifications_url": f"{BASE}/sender",
        "australia_post_url": f"{BASE}/australia-post",
        "aftership_url": f"{BASE}/aftership/tracking/2026-07",
        "australia_post_account": "1",
        "australia_post_key": KEY,
        "australia_post_password": "password",
        "order_system_key": KEY,
        "case_system_key": KEY,
        "marketplace_key": KEY,
        "notifications_key": KEY,
        "aftership_key": KEY,
    }
    return SystemsSettings(_env_file=None, **(given | different))  # type: ignore[call-arg,arg-type]


@pytest.fixture
def sandbox() -> httpx.AsyncBaseTransport:
    keys = ("order_system_key", "case_system_key", "marketplace_key", "notifications_key")
    secrets = {name: SecretStr(KEY) for name in keys}
    return httpx.ASGITransport(create_app(Settings(_env_file=None, **secrets)))  # type: ignore[arg-type,call-arg]


async def found(question: Question, transport: httpx.AsyncBaseTransport) -> Finding:
    async with httpx.AsyncClient(transport=transport) as client:
        return await probe(question, client)


async def answered(response: httpx.Response, system: str = "orders") -> str:
    transport = httpx.MockTransport(lambda _: response)
    finding = await found(questions(settings())[system], transport)
    assert not finding.well
    return finding.sentence


@pytest.mark.parametrize("system", SYSTEMS)
async def test_a_system_that_is_well_is_said_to_work(
    system: str, sandbox: httpx.AsyncBaseTransport
):
    finding = await found(questions(settings())[system], sandbox)
    assert finding.well, finding.sentence
    assert finding.sentence.startswith("It works, and answered in ")


async def test_nothing_is_sent_by_asking(sandbox: httpx.AsyncBaseTransport):
    await found(questions(settings())["notifications"], sandbox)
    async with httpx.AsyncClient(transport=sandbox, base_url=BASE) as client:
        assert (await client.get("/sandbox/sent")).json()["sent"] == []


@pytest.mark.parametrize("system", ["orders", "cases", "marketplace", "notifications"])
async def test_wrong_keys_are_named(system: str, sandbox: httpx.AsyncBaseTransport):
    wrong = settings(
        **dict.fromkeys(
            ("order_system_key", "case_system_key", "marketplace_key", "notifications_key"), "wrong"
        )
    )
    question = questions(wrong)[system]
    finding = await found(question, sandbox)
    assert not finding.well
    assert "refused the credentials (401)" in finding.sentence
    assert question.keys in finding.sentence
    assert "wrong" not in finding.sentence


@pytest.mark.parametrize(
    ("response", "sentence"),
    [
        (httpx.Response(403), "refused the credentials (403). Check ORDER_SYSTEM_KEY."),
        (httpx.Response(500), "is out of order (500)"),
        (httpx.Response(429, headers={"retry-after": "9"}), "Try again in 9 seconds."),
        (
            httpx.Response(302, headers={"location": "https://login.test/"}),
            "sends us to https://login.test/ (302)",
        ),
        (httpx.Response(400), "did not accept the question (400)."),
        (httpx.Response(200, html="<html>"), "not in the shape that is expected (text/html"),
        (httpx.Response(200, json=[]), "ORDER_SYSTEM_URL probably leads to something else"),
    ],
)
async def test_what_an_answer_tells_is_said(response: httpx.Response, sentence: str):
    assert sentence in await answered(response)


async def test_a_missing_path_is_said():
    assert "Check the path in AUSTRALIA_POST_URL" in await answered(
        httpx.Response(404), "australia_post"
    )


def _caused(cause: Exception) -> Callable[[httpx.Request], httpx.Response]:
    def respond(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(str(cause), request=request) from cause

    return respond


def _timing_out(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("", request=request)


@pytest.mark.parametrize(
    ("respond", "sentence"),
    [
        (_caused(socket.gaierror(-2, "Name or service not known")), "is not known (DNS)"),
        (_caused(ConnectionRefusedError(111, "refused")), "refused the connection"),
        (_caused(ssl.SSLCertVerificationError("self-signed")), "(TLS): "),
        (_timing_out, "did not answer in time"),
        (_caused(OSError("odd")), "broke: ConnectError"),
    ],
)
async def test_why_it_was_not_reached_is_said(
    respond: Callable[[httpx.Request], httpx.Response], sentence: str
):
    finding = await found(questions(settings())["orders"], httpx.MockTransport(respond))
    assert not finding.well
    assert sentence in finding.sentence


async def test_a_slow_system_is_said_to_be(
    sandbox: httpx.AsyncBaseTransport, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(findings, "SLOW_SECONDS", 0.0)
    finding = await found(questions(settings())["orders"], sandbox)
    assert not finding.well
    assert "which customers wait each time" in finding.sentence


async def test_a_port_where_nothing_listens_is_said(unused_tcp_port: int):
    question = questions(settings(order_system_url=f"http://127.0.0.1:{unused_tcp_port}"))["orders"]
    async with httpx.AsyncClient() as client:
        finding = await probe(question, client)
    assert "nothing listens there" in finding.sentence


async def test_a_name_that_does_not_exist_is_said():
    question = questions(settings(order_system_url="http://orders.invalid"))["orders"]
    async with httpx.AsyncClient() as client:
        finding = await probe(question, client)
    assert "The name orders.invalid is not known (DNS). Check ORDER_SYSTEM_URL." in finding.sentence


def test_missing_settings_are_named_and_not_shown(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "scripts.probe"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "ORDER_SYSTEM_KEY": "secret"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 78
    assert "NOTIFICATIONS_URL" in done.stderr
    assert "secret" not in done.stderr
