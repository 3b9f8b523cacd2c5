import pytest

from gateway.handover.ranking import wait_minutes


@pytest.mark.parametrize(
    ("position", "handling", "online", "minutes"),
    [
        pytest.param(2, [300.0, 600.0, 900.0], 2, 10, id="median times position over agents"),
        pytest.param(1, [10.0, 10.0, 10.0], 5, 1, id="never less than a minute"),
        pytest.param(1, [300.0, 600.0], 1, None, id="too few to tell"),
        pytest.param(1, [300.0, 600.0, 900.0], 0, None, id="nobody online"),
    ],
)
def test_a_wait_is_told_where_it_is_known(
    position: int, handling: list[float], online: int, minutes: int | None
):
    assert wait_minutes(position, handling, online) == minutes
