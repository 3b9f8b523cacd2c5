"""What Chatwoot posts about a conversation of an inbox of ours, read into our words.

Source: chatwoot/chatwoot, `app/listeners/webhook_listener.rb` and
`app/presenters/conversations/event_data_presenter.rb`. A message's post carries its conversation;
that of a change of the conversation is the conversation itself.
"""

import json
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from support.systems.answers import without_nulls
from support.systems.desk.chatwoot.words import STANDINGS
from support.systems.desk.errors import DeskNewsUnreadable
from support.systems.desk.models import (
    AgentNamed,
    AgentSaid,
    AgentTypes,
    DeskAgent,
    StandingChanged,
    Told,
)

_AGENT: Final = "user"
"""What Chatwoot calls a person who works in it; its bots are `agent_bot`."""


class _Lenient(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Person(_Lenient):
    id: int
    name: str = ""
    type: str = ""

    def agent(self) -> DeskAgent | None:
        names = self.name.split()
        if self.type != _AGENT or not names:
            return None
        return DeskAgent(id=str(self.id), first_name=names[0])


class _ContactInbox(_Lenient):
    source_id: str


class _Meta(_Lenient):
    assignee: _Person | None = None


class _Conversation(_Lenient):
    inbox_id: int
    contact_inbox: _ContactInbox
    status: str = ""
    meta: _Meta = _Meta()

    @property
    def key(self) -> str:
        """The id of ours that it was opened with."""
        return self.contact_inbox.source_id

    @property
    def assignee(self) -> DeskAgent | None:
        """Whose it is."""
        return self.meta.assignee.agent() if self.meta.assignee else None


class _MessagePost(_Lenient):
    id: int
    content: str = ""
    message_type: str
    private: bool = False
    sender: _Person | None = None
    attachments: list[Any] = Field(default_factory=list)
    conversation: _Conversation


class _ConversationPost(_Conversation):
    changed_attributes: list[dict[str, Any]] = Field(default_factory=list)


class _TypingPost(_Lenient):
    user: _Person
    is_private: bool = False
    conversation: _Conversation


class _Post(_Lenient):
    event: str


def read(body: bytes, *, inbox_id: int) -> Told | None:
    """Return what a post tells; None for what says nothing to us or is about another inbox.

    Raises DeskNewsUnreadable.
    """
    try:
        post = without_nulls(_json(body))
        match _Post.model_validate(post).event:
            case "message_created":
                return _message(_MessagePost.model_validate(post), inbox_id)
            case "conversation_status_changed":
                return _status(_ConversationPost.model_validate(post), inbox_id)
            case "conversation_updated":
                return _update(_ConversationPost.model_validate(post), inbox_id)
            case "conversation_typing_on":
                return _typing(_TypingPost.model_validate(post), inbox_id)
            case _:
                return None
    except ValidationError as error:
        # The cause is left out on purpose: it repeats personal data.
        raise DeskNewsUnreadable(_places(error)) from None


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise DeskNewsUnreadable("no JSON") from error


def _message(post: _MessagePost, inbox_id: int) -> AgentSaid | None:
    agent = post.sender.agent() if post.sender else None
    is_ours = post.conversation.inbox_id == inbox_id
    if not is_ours or post.message_type != "outgoing" or agent is None:
        return None
    return AgentSaid(
        conversation=post.conversation.key,
        agent=agent,
        message_id=str(post.id),
        text=post.content,
        note=post.private,
        has_attachments=bool(post.attachments),
    )


def _status(post: _ConversationPost, inbox_id: int) -> StandingChanged | None:
    standing = STANDINGS.get(post.status)
    if post.inbox_id != inbox_id or standing is None:
        return None
    return StandingChanged(conversation=post.key, standing=standing, agent=post.assignee)


def _update(post: _ConversationPost, inbox_id: int) -> AgentNamed | None:
    is_about_assignee = any("assignee_id" in change for change in post.changed_attributes)
    if post.inbox_id != inbox_id or not is_about_assignee or post.assignee is None:
        return None
    return AgentNamed(conversation=post.key, agent=post.assignee)


def _typing(post: _TypingPost, inbox_id: int) -> AgentTypes | None:
    agent = post.user.agent()
    if post.conversation.inbox_id != inbox_id or post.is_private or agent is None:
        return None
    return AgentTypes(conversation=post.conversation.key, agent=agent)


def _places(error: ValidationError) -> str:
    problems = error.errors(include_input=False, include_context=False, include_url=False)
    return ", ".join(".".join(map(str, one["loc"])) or "body" for one in problems)
