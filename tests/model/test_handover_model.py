import pytest

from tests.model.run import walk

STEPS = 5_000


@pytest.mark.timeout(600)
def test_no_order_of_events_breaks_the_handover(redis_url: str):
    assert walk(redis_url, STEPS) >= STEPS
