import pytest

from worker.retries import pause_before_try


@pytest.mark.parametrize(
    ("tries", "seconds"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 15), (6, 15), (10_000, 15)]
)
def test_the_pause_doubles_from_one_second_to_fifteen(tries: int, seconds: float):
    assert pause_before_try(tries, 0).total_seconds() == seconds


@pytest.mark.parametrize("tries", [1, 2, 5, 50])
def test_jitter_shortens_the_pause_by_a_fifth_at_most(tries: int):
    longest = pause_before_try(tries, 0)
    assert max(longest * 0.8, pause_before_try(1, 0)) <= pause_before_try(tries, 1) <= longest
