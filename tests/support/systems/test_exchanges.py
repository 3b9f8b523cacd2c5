from pathlib import Path

import httpx
import pytest

from support.ids import TrackingNumber
from support.systems.carriers.australia_post.adapter import AustraliaPostTracking
from support.systems.carriers.interface import Asked, Told
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST
from support.systems.exchanges import (
    NotRecorded,
    RecordingTransport,
    ReplayTransport,
    read_exchanges,
    write_exchanges,
)
from tests.orders import NOW
from tests.support.systems.carriers.bodies import DELIVERED, NUMBER, answer, article, result

ASKED = Asked(AUSTRALIA_POST, TrackingNumber(NUMBER))


async def track(transport: httpx.AsyncBaseTransport, host: str = "carrier.test") -> Told:
    async with httpx.AsyncClient(transport=transport) as client:
        adapter = AustraliaPostTracking(
            client, f"https://{host}", "0000123456", "kk-key", "pp-word", now=lambda: NOW
        )
        return (await adapter.track_all([ASKED]))[ASKED]


@pytest.fixture
async def recorded(tmp_path: Path) -> Path:
    body = answer(result(article(DELIVERED, status="Delivered")))
    vendor = httpx.MockTransport(
        lambda _: httpx.Response(200, json=body, headers={"set-cookie": "session=1"})
    )
    recording = RecordingTransport(vendor)
    await track(recording)
    path = tmp_path / "exchanges.jsonl"
    write_exchanges(path, recording.exchanges)
    return path


async def test_what_was_recorded_is_read_again_wherever_it_came_from(recorded: Path):
    told = await track(ReplayTransport(read_exchanges(recorded)), "elsewhere.test")
    assert isinstance(told, TrackingReport)
    assert told.status is CarrierStatus.DELIVERED


def test_no_key_is_kept(recorded: Path):
    text = recorded.read_text()
    for secret in ("kk-key", "pp-word", "0000123456", "Basic", "session=1"):
        assert secret not in text


async def test_what_was_not_recorded_is_not_made_up(recorded: Path):
    replay = ReplayTransport(read_exchanges(recorded))
    await track(replay)
    assert replay.left == []
    with pytest.raises(NotRecorded):
        await track(replay)
