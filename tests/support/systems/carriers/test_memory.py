from datetime import UTC, datetime

import pytest

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.errors import CarrierNotConnected, TrackingNotFound
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST
from support.systems.errors import SystemUnreachable

NUMBER = TrackingNumber("JDQ019457101000930308")
REPORT = TrackingReport(
    AUSTRALIA_POST, NUMBER, CarrierStatus.IN_TRANSIT, datetime(2026, 11, 24, tzinfo=UTC)
)


async def test_it_tells_the_reports_it_was_given():
    carriers = MemoryCarriers([REPORT])
    assert await carriers.track(AUSTRALIA_POST, NUMBER) == REPORT
    assert carriers.profile(AUSTRALIA_POST).name == "Australia Post"


async def test_it_fails_as_the_real_carriers_do():
    carriers = MemoryCarriers()
    with pytest.raises(TrackingNotFound):
        await carriers.track(AUSTRALIA_POST, NUMBER)
    with pytest.raises(CarrierNotConnected):
        await carriers.track(CarrierId("couriersplease"), NUMBER)
    carriers.failure = SystemUnreachable("australia_post")
    with pytest.raises(SystemUnreachable):
        await carriers.track(AUSTRALIA_POST, NUMBER)
