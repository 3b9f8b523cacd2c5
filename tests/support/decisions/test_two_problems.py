import pytest

from support.decisions.two_problems import other_problem


@pytest.mark.parametrize(
    ("text", "intent", "other"),
    [
        ("it's late AND the address is wrong", "delivery_delayed", "wrong_address"),
        ("it's late AND the address is wrong", "wrong_address", "delivery_delayed"),
        ("the address is wrong. also its late", "wrong_address", "delivery_delayed"),
        (
            "my order is delayed and the kettle came smashed",
            "delivery_delayed",
            "missing_item_or_damaged",
        ),
        (
            "the kettle came smashed and the rest still hasnt arrived",
            "missing_item_or_damaged",
            "delivery_delayed",
        ),
        ("wheres my order, plus i moved so the address is old", "track_order", "wrong_address"),
    ],
)
def test_the_other_problem_is_found(text: str, intent: str, other: str):
    found = other_problem(text, intent)
    assert found is not None
    assert found.intent == other


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("it's late and i am angry", "delivery_delayed"),
        ("its late and tracking hasnt moved", "delivery_delayed"),
        ("it says delivered and it went to the wrong address", "delivered_not_received"),
        ("the address is wrong", "wrong_address"),
        ("late and smashed and to the wrong address", "delivery_delayed"),
        ("my order is late and i want a refund", "delivery_delayed"),
        ("it's late AND the address is wrong", "thanks"),
    ],
)
def test_one_problem_is_not_taken_for_two(text: str, intent: str):
    assert other_problem(text, intent) is None


def test_the_other_problem_keeps_its_own_words():
    found = other_problem(
        "it's late AND the address should be changed, the address is wrong", "delivery_delayed"
    )
    assert found is not None
    assert found.words == "the address is wrong"
