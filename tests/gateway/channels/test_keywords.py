import pytest

from gateway.channels.choices import chosen
from gateway.channels.keywords import Keyword, keyword_of
from gateway.conversation_log import OfferedQuickReply


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("STOP", Keyword.STOP),
        (" stop. ", Keyword.STOP),
        ("Stop All", Keyword.STOP),
        ("unsubscribe", Keyword.STOP),
        ("REVOKE", Keyword.STOP),
        ("START", Keyword.START),
        ("help", Keyword.HELP),
        ("stop my order", None),
        ("please stop", None),
        ("cancel", None),
        ("end", None),
        ("help me find my parcel", None),
        ("", None),
    ],
)
def test_only_a_whole_message_is_a_keyword(text: str, keyword: Keyword | None):
    assert keyword_of(text) is keyword


OFFERED = [
    OfferedQuickReply(id="a", title="Yes"),
    OfferedQuickReply(id="b", title="It's late"),
    OfferedQuickReply(id="c", title="Anything else?"),
]


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("2", "b"),
        ("(2)", "b"),
        ("option 3", "c"),
        ("#1", "a"),
        ("yes", "a"),
        ("YES!", "a"),
        ("it's  late", "b"),
        ("anything else", "c"),
        ("0", None),
        ("4", None),
        ("21", None),
        ("yes please", None),
        ("410200341", None),
        ("", None),
    ],
)
def test_a_choice_is_typed_by_number_or_by_its_words(text: str, picked: str | None):
    found = chosen(text, OFFERED)
    assert (found.id if found else None) == picked
