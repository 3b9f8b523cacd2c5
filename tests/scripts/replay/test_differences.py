from pathlib import Path

import pytest

from scripts.replay.__main__ import NothingToReplay, read
from scripts.replay.details import Details, order_like
from scripts.replay.differences import Change, Replayed, change, compared
from scripts.replay.report import summary, write_page
from scripts.replay.stored import Answered, Standing, StoredConversation, StoredTurn
from scripts.replay.talk import Answer
from tests.orders import order, parcel_json

THEN = Answered(intent="track_order", said=("utter_a", "utter_parcel", "utter_parcel"))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (THEN, Change.SAME),
        (Answered(intent="track_order", said=("utter_a", "utter_parcel")), Change.SAME),
        (Answered(intent="greet", said=THEN.said), Change.OTHERWISE_UNDERSTOOD),
        (Answered(intent="track_order", said=("utter_a",)), Change.OTHERWISE_ANSWERED),
        (Answered(intent=None, said=THEN.said), Change.SAME),
    ],
)
def test_what_has_changed(now: Answered, expected: Change):
    assert change(THEN, now) is expected


def replayed(now: Answered) -> Replayed:
    turn = StoredTurn(text="where is [order_number] <b>", answered=THEN)
    conversation = StoredConversation(conversation_id="c-1", channel="web", turns=(turn,))
    return compared(conversation, [Answer(now, "Your parcel.")])


def test_the_page_marks_what_is_gone_and_what_is_new(tmp_path: Path):
    one = replayed(Answered(intent="track_order", said=("utter_parcel", "utter_b")))

    page = write_page([one], tmp_path).read_text(encoding="utf-8")

    assert one.turns[0].no_longer_said == ["utter_a"]
    assert one.turns[0].newly_said == ["utter_b"]
    assert '<code class="gone">utter_a</code>' in page
    assert '<code class="new">utter_b</code>' in page
    assert "where is [order_number] &lt;b&gt;" in page
    assert "1 conversations replayed, 1 of them go otherwise today." in summary([one])


def test_a_conversation_that_cannot_be_held_has_changed():
    conversation = StoredConversation(conversation_id="c-1", channel="web", turns=())
    one = Replayed(conversation, (), failure="c-1: Not answered within 30 s.")
    assert one.has_changed
    assert "not held: c-1: Not answered within 30 s." in summary([one])


def test_placeholders_become_one_customers_details():
    details = Details(order(), code=lambda: "123456")
    text = details.filled("[order_number] [email], code [number], [tracking_number] [unknown]")
    assert text == "410200341 sam@example.com, code 123456, JDQ019457101000930308 [unknown]"


def test_the_order_that_stands_alike_is_taken():
    orders = [order(), order(parcel_json(status="delivered")), order(parcel_json(status="picking"))]
    assert order_like(Standing(brand="kmart", states=("delivered",)), orders) is orders[1]
    assert order_like(None, orders) is orders[0]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(None, "There is no"), ("", "is empty"), ("{}\n", "holds no stored conversations")],
)
def test_a_file_that_cannot_be_replayed_is_said_to_be_so(
    content: str | None, complaint: str, tmp_path: Path
):
    file = tmp_path / "stored.jsonl"
    if content is not None:
        file.write_text(content)
    with pytest.raises(NothingToReplay, match=complaint):
        read(file)
