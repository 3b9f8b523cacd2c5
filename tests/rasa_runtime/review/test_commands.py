import pytest

from rasa_runtime.review.commands import Action, Command, NotUnderstood, command_of

SUGGESTED = ["eta_question", "delivery_delayed"]
INTENTS = ["delivery_delayed", "eta_question", "no_tracking_info", "not_helpful", "out_of_scope"]
ALL = (0, 1, 2)


def read(answer: str) -> Command:
    return command_of(answer, suggested=SUGGESTED, intents=INTENTS, lines=3)


@pytest.mark.parametrize(
    ("answer", "intent"),
    [
        ("1", "eta_question"),
        (" 2 ", "delivery_delayed"),
        ("delivery_delayed", "delivery_delayed"),
        ("DELIV", "delivery_delayed"),
        ("not", "not_helpful"),
        ("o", "out_of_scope"),
    ],
)
def test_an_intent_is_chosen_by_number_name_or_beginning(answer: str, intent: str):
    assert read(answer) == Command(Action.LABEL, ALL, intent)


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        ("s", Action.SKIP),
        ("d", Action.DELETE),
        ("e", Action.EDIT),
        ("l", Action.LIST_INTENTS),
        ("Q", Action.QUIT),
        ("?", Action.HELP),
    ],
)
def test_other_actions_are_single_letters(answer: str, action: Action):
    assert read(answer) == Command(action, ALL)


@pytest.mark.parametrize("answer", ["d a c", "d ac", "d a,c", "D CA"])
def test_letters_choose_lines(answer: str):
    assert read(answer) == Command(Action.DELETE, (0, 2))


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("", "? explains"),
        ("3", "no suggestion 3"),
        ("0", "no suggestion 0"),
        ("no", "no_tracking_info, not_helpful"),
        ("refund", "No intent begins with refund"),
        ("d x", "no line x"),
    ],
)
def test_what_makes_no_sense_is_explained(answer: str, says: str):
    with pytest.raises(NotUnderstood, match=says.replace("?", r"\?")):
        read(answer)
