from scripts.demo.restarts import RESTARTS_ALLOWED, WINDOW_SECONDS, Restarts


def test_process_that_dies_again_and_again_is_noticed():
    restarts = Restarts()
    for pid in range(1, RESTARTS_ALLOWED + 2):
        restarts.saw("rasa", pid, at=float(pid))

    assert restarts.too_many("rasa", at=5.0)
    assert not restarts.too_many("gateway", at=5.0)


def test_restarts_of_long_ago_are_forgiven():
    restarts = Restarts()
    for pid in range(1, RESTARTS_ALLOWED + 2):
        restarts.saw("rasa", pid, at=float(pid))

    assert not restarts.too_many("rasa", at=WINDOW_SECONDS + 3.0)


def test_process_that_stays_up_is_counted_once():
    restarts = Restarts()
    for second in range(30):
        restarts.saw("rasa", 4711, at=float(second))

    assert not restarts.too_many("rasa", at=30.0)
