import pytest

from support.decisions.answers import Answer, yes_or_no


@pytest.mark.parametrize(
    ("intent", "text", "answer"),
    [
        ("affirm", "yes", Answer.YES),
        ("deny", "no", Answer.NO),
        ("nlu_fallback", "yes find it you useless lot", Answer.YES),
        ("complaint", "no!! worst shop ever", Answer.NO),
        ("nlu_fallback", "yes but what does it cost", None),
        ("nlu_fallback", "no idea", None),
        ("track_order", "yes and where is it", None),
        ("nlu_fallback", "blorp", None),
        ("affirm", "so it's lost?", None),
        ("affirm", "ok what can you do about it", None),
        ("affirm", "and how long will that take", None),
        ("nlu_fallback", "ok what is that supposed to do", None),
        ("deny", "what no", Answer.NO),
        ("affirm", "ok whatever works", Answer.YES),
        ("affirm", "why not", Answer.YES),
        ("affirm", "ok then can kmart do something", None),
        ("affirm", "ok can you please", Answer.YES),
        ("affirm", "when you can, yes", Answer.YES),
    ],
)
def test_yes_and_no_are_read_from_how_a_message_begins(
    intent: str, text: str, answer: Answer | None
) -> None:
    assert yes_or_no(intent, text) is answer
