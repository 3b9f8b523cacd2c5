"""What Chatwoot's application API answers, as far as it is read."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Lenient(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Contact(_Lenient):
    """A customer, as Chatwoot knows them."""

    id: int
    identifier: str | None = None


class ContactList(_Lenient):
    """One page of contacts that were found."""

    payload: list[Contact] = Field(default_factory=list)


class _Created(_Lenient):
    contact: Contact


class CreatedContact(_Lenient):
    """A contact that was created."""

    payload: _Created


class Conversation(_Lenient):
    """A conversation."""

    id: int
    custom_attributes: dict[str, Any] = Field(default_factory=dict)


class ConversationList(_Lenient):
    """A contact's newest conversations."""

    payload: list[Conversation] = Field(default_factory=list)


class Message(_Lenient):
    """A message. `source_id` is what it was given when it was created."""

    id: int
    source_id: str | None = None


class MessageList(_Lenient):
    """Up to a hundred messages that follow another one, oldest first."""

    payload: list[Message] = Field(default_factory=list)
