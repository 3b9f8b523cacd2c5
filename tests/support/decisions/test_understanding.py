import pytest

from support.decisions.understanding import Guess, also_meant, plausible, torn_between

PEOPLE = {"request_human", "complaint"}


def ranking(**confidences: float) -> list[Guess]:
    return [Guess(intent, confidence) for intent, confidence in confidences.items()]


def test_only_plausible_intents_are_asked_about() -> None:
    guesses = ranking(track_order=0.28, greet=0.2, delivery_delayed=0.12, thanks=0.03)

    assert plausible(guesses, {"track_order", "delivery_delayed", "thanks"}) == (
        "track_order",
        "delivery_delayed",
    )


def test_at_most_three_intents_are_asked_about() -> None:
    guesses = ranking(a=0.2, b=0.2, c=0.2, d=0.2)

    assert plausible(guesses, {"a", "b", "c", "d"}) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("guesses", "torn"),
    [
        (ranking(case_status=0.41, track_order=0.39), ("case_status", "track_order")),
        (ranking(case_status=0.50, track_order=0.39), None),
        (ranking(case_status=0.15, track_order=0.14), None),
        (ranking(case_status=0.41), None),
    ],
    ids=["nearly equal", "one is likelier", "neither is likely", "only one"],
)
def test_nearly_equal_intents_are_told_from_others(
    guesses: list[Guess], torn: tuple[str, str] | None
) -> None:
    assert torn_between(guesses) == torn


@pytest.mark.parametrize(
    ("guesses", "second"),
    [
        (ranking(delivered_not_received=0.55, request_human=0.3), "request_human"),
        (ranking(delivered_not_received=0.55, request_human=0.1), None),
        (ranking(delivered_not_received=0.55, thanks=0.3), None),
        (ranking(delivered_not_received=0.45, thanks=0.3, request_human=0.25), None),
    ],
    ids=["confident", "not confident", "none of those looked for", "third"],
)
def test_a_second_meaning_is_found_where_it_is_confident(
    guesses: list[Guess], second: str | None
) -> None:
    assert also_meant(guesses, "delivered_not_received", PEOPLE) == second


def test_a_hardly_likely_meaning_counts_where_the_words_speak_of_it() -> None:
    guesses = ranking(delivered_not_received=0.95, thanks=0.02, request_human=0.02)

    assert also_meant(guesses, "delivered_not_received", PEOPLE, in_words=True) == "request_human"


def test_what_is_next_to_impossible_does_not_count_even_then() -> None:
    guesses = ranking(delivered_not_received=0.95, request_human=0.001)

    assert also_meant(guesses, "delivered_not_received", PEOPLE, in_words=True) is None
