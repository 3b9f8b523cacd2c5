"""What Chatwoot posts, read into our words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.systems.desk.chatwoot.webhooks import read
from support.systems.desk.errors import DeskNewsUnreadable
from support.systems.desk.models import (
    AgentNamed,
    AgentSaid,
    AgentTypes,
    DeskAgent,
    Standing,
    StandingChanged,
    Told,
)
from tests.fakes.chatwoot import (
    INBOX,
    KIM,
    Json,
    assignee_json,
    conversation_json,
    message_json,
    status_json,
    typing_json,
)

KEY = "c-1"
AGENT = DeskAgent(id="3", first_name="Kim")
BOT = {**KIM, "type": "agent_bot"}


def told(post: Json) -> Told | None:
    return read(json.dumps(post).encode(), inbox_id=INBOX)


def test_an_agents_message():
    assert told(message_json(KEY, "Hello Sam.", id=11)) == AgentSaid(
        conversation=KEY, agent=AGENT, message_id="11", text="Hello Sam."
    )


def test_a_private_note_and_an_attachment_without_words():
    note = told(message_json(KEY, "Summary: sent again", private=True))
    assert isinstance(note, AgentSaid)
    assert note.note
    picture = told(message_json(KEY, None, attachments=[{"id": 1}]))
    assert isinstance(picture, AgentSaid)
    assert (picture.text, picture.has_attachments) == ("", True)


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("open", Standing.OPEN),
        ("pending", Standing.WITH_ASSISTANT),
        ("resolved", Standing.ENDED),
    ],
)
def test_a_status(status: str, standing: Standing):
    expected = StandingChanged(conversation=KEY, standing=standing, agent=AGENT)
    assert told(status_json(KEY, status)) == expected
    nobodys = told(status_json(KEY, status, assignee=None))
    assert isinstance(nobodys, StandingChanged)
    assert nobodys.agent is None


def test_somebody_is_given_a_conversation_and_somebody_types():
    assert told(assignee_json(KEY, KIM)) == AgentNamed(conversation=KEY, agent=AGENT)
    assert told(typing_json(KEY)) == AgentTypes(conversation=KEY, agent=AGENT)


@pytest.mark.parametrize(
    "post",
    [
        pytest.param(message_json(KEY, "Hello?", message_type="incoming"), id="our own message"),
        pytest.param(message_json(KEY, "Rate us", message_type="template"), id="template"),
        pytest.param(message_json(KEY, "Kim joined", message_type="activity"), id="activity"),
        pytest.param(message_json(KEY, "I am a bot", sender=BOT), id="a bot's"),
        pytest.param(message_json(KEY, "Hello", sender=None), id="nobody's"),
        pytest.param({**message_json(KEY, "Hello"), "event": "message_updated"}, id="updated"),
        pytest.param(
            message_json(KEY, "Hello", conversation=conversation_json(KEY, inbox_id=9)),
            id="another inbox",
        ),
        pytest.param(status_json(KEY, "snoozed"), id="snoozed"),
        pytest.param({**status_json(KEY, "open"), "inbox_id": 9}, id="status in another inbox"),
        pytest.param(assignee_json(KEY, None), id="taken from everybody"),
        pytest.param(
            {**assignee_json(KEY, KIM), "changed_attributes": [{"priority": {}}]},
            id="another change",
        ),
        pytest.param(typing_json(KEY, is_private=True), id="types a note"),
        pytest.param({"event": "contact_created", "id": 1}, id="about a contact"),
    ],
)
def test_what_says_nothing_to_us(post: Json):
    assert told(post) is None


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"event": 1}', b'{"event": "message_created"}']
)
def test_what_is_no_post(body: bytes):
    with pytest.raises(DeskNewsUnreadable):
        read(body, inbox_id=INBOX)


def test_an_unreadable_post_is_named_by_its_places_alone():
    post = message_json(KEY, "my e-mail is sam@example.com", id="x")  # type: ignore[arg-type]
    with pytest.raises(DeskNewsUnreadable, match=r"^id$"):
        told(post)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(
    base=st.sampled_from([message_json(KEY, "Hi"), status_json(KEY, "open"), typing_json(KEY)]),
    changes=st.dictionaries(
        st.sampled_from(["id", "content", "sender", "conversation", "meta", "status", "user"]),
        _JSON,
        max_size=3,
    ),
)
def test_no_body_crashes_or_speaks_for_another_conversation(base: Json, changes: Json):
    try:
        found = told({**base, **changes})
    except DeskNewsUnreadable:
        return
    assert found is None or found.conversation == KEY
