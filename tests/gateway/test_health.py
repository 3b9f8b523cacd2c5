from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from redis.asyncio import Redis

from gateway.heartbeat import Heartbeat, write_heartbeat
from support import embedded_redis
from tests.fakes.chat import Chat, RunningGateway, running_gateway

NOW = timedelta()


async def test_the_process_says_that_it_lives(gateway: RunningGateway):
    response = await gateway.http.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "live"})


@pytest.mark.parametrize(
    ("rasa", "actions", "age", "missing"),
    [
        pytest.param(True, True, NOW, [], id="all up"),
        pytest.param(False, True, NOW, ["rasa"], id="no rasa"),
        pytest.param(True, False, NOW, ["actions"], id="no actions"),
        pytest.param(False, False, NOW, ["rasa", "actions"], id="neither"),
        pytest.param(True, True, timedelta(seconds=11), ["worker"], id="stale"),
    ],
)
async def test_ready_means_that_a_turn_would_be_answered(
    gateway: RunningGateway,
    redis: Redis,
    rasa: bool,  # noqa: FBT001 - a parameter of the test
    actions: bool,  # noqa: FBT001 - a parameter of the test
    age: timedelta,
    missing: list[str],
):
    seen = Heartbeat(rasa=rasa, actions=actions, at=datetime.now(UTC) - age)
    await write_heartbeat(redis, seen)
    response = await gateway.http.get("/health/ready")
    assert response.status_code == (503 if missing else 200)
    assert response.json().get("missing", []) == missing


async def test_without_a_worker_nothing_is_ready(gateway: RunningGateway):
    response = await gateway.http.get("/health/ready")
    assert (response.status_code, response.json()["missing"]) == (503, ["worker"])


async def test_without_redis_the_answers_are_honest(tmp_path: Path):
    server = embedded_redis.start(tmp_path)
    async with running_gateway(server.url) as gateway:
        chat = await gateway.start_chat()
        server.stop()
        response = await chat.post({"client_message_id": "1", "text": "hi"})
        assert response.status_code == 503
        assert response.headers["Retry-After"]
        assert response.json()["code"] == "unavailable"
        response = await gateway.http.get("/health/ready")
        assert response.json()["missing"] == ["redis"]
        assert (await gateway.http.get("/health/live")).status_code == 200


async def test_metrics_count_messages_repeats_and_errors(gateway: RunningGateway, chat: Chat):
    await chat.say("hello", "1")
    await chat.say("hello", "1")
    await chat.post({"client_message_id": "2", "text": ""})
    figures = generate_latest(gateway.services.metrics.registry).decode()
    assert "gateway_messages_accepted_total 1.0" in figures
    assert "gateway_messages_repeated_total 1.0" in figures
    assert 'gateway_errors_total{status="422"} 1.0' in figures
    assert chat.id not in figures


async def test_the_figures_are_not_on_the_port_of_customers(gateway: RunningGateway):
    assert (await gateway.http.get("/metrics")).status_code == 404
