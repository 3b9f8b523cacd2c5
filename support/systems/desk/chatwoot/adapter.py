"""The desk at Chatwoot, by its application API.

Source: Chatwoot's OpenAPI description (`swagger/swagger.json` in its repository), operations
contactSearch, contactCreate, contactConversations, newConversation, list-all-messages,
create-a-new-message-in-a-conversation and toggle-status-of-a-conversation.

Chatwoot has no idempotency keys: whatever is created carries a key of ours by which it is found.
`source_id` of a message is taken and given back, though the description of the request is silent
about it (chatwoot/chatwoot, `app/builders/messages/message_builder.rb`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, TypeVar

import httpx
from pydantic import BaseModel, SecretStr

from support.systems.answers import answer_as
from support.systems.desk.chatwoot import SYSTEM
from support.systems.desk.chatwoot.models import (
    Contact,
    ContactList,
    Conversation,
    ConversationList,
    CreatedContact,
    Message,
    MessageList,
)
from support.systems.desk.chatwoot.words import OUR_KEY, STATUSES
from support.systems.desk.errors import DeskRefused
from support.systems.desk.models import DeskMessage, Opening, Place, Standing
from support.systems.errors import SystemOutOfOrder, SystemRefused
from support.systems.operations import Operation
from support.systems.requests import ReadLimits, SystemClient

LIMITS: Final = ReadLimits(connect=3.0, attempt=10.0, budget=12.0, attempts=1)
"""Nobody waits for it, and what Chatwoot has taken must not be sent again unasked."""

_TAKEN: Final = f"status {HTTPStatus.UNPROCESSABLE_ENTITY.value}"
"""How Chatwoot refuses a second contact of the same identifier."""

_PAGE: Final = 100
_Answer = TypeVar("_Answer", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ChatwootAccount:
    """One account, the inbox in it that is ours, and the token of somebody who works in that."""

    url: str
    account_id: int
    inbox_id: int
    token: SecretStr


class ChatwootDesk:
    """Gives conversations to Chatwoot. The client is the caller's, who closes it."""

    def __init__(self, client: httpx.AsyncClient, account: ChatwootAccount) -> None:
        self._client = SystemClient(SYSTEM, client, LIMITS)
        self._account = account
        self._base = f"{account.url.rstrip('/')}/api/v1/accounts/{account.account_id}"
        self._headers = {"api_access_token": account.token.get_secret_value()}

    async def open(self, opening: Opening) -> Place:
        """Open a conversation for a contact; both are looked for before they are created."""
        contact = await self._contact(opening.person) or await self._new_contact(opening)
        conversation = await self._conversation(opening.key, contact)
        if conversation is None:
            conversation = await self._new_conversation(opening, contact)
        return Place(contact=str(contact.id), conversation=str(conversation.id))

    async def tell(self, place: Place, message: DeskMessage) -> str:
        """Create a message: incoming, or a private note."""
        body = {
            "content": message.text,
            "message_type": "outgoing" if message.note else "incoming",
            "private": message.note,
            "content_type": "text",
            "source_id": message.key,
        }
        path = f"/conversations/{place.conversation}/messages"
        return str(
            (await self._post(Message, path, body, message.key, Operation.CREATE_MESSAGE)).id
        )

    async def find(self, place: Place, key: str) -> str | None:
        """Look through all messages, a hundred at a time."""
        last, path = "0", f"/conversations/{place.conversation}/messages"
        while True:
            listed = await self._get(MessageList, path, {"after": last}, Operation.LIST_MESSAGES)
            found = [one for one in listed.payload if one.source_id == key]
            if found:
                return str(found[0].id)
            if len(listed.payload) < _PAGE:
                return None
            last = str(listed.payload[-1].id)

    async def stand(self, place: Place, standing: Standing) -> None:
        """Set the conversation's status."""
        path = f"/conversations/{place.conversation}/toggle_status"
        await self._posted(path, {"status": STATUSES[standing]}, path, Operation.TOGGLE_STATUS)

    async def _contact(self, identifier: str) -> Contact | None:
        query = {"q": identifier}
        listed = await self._get(ContactList, "/contacts/search", query, Operation.SEARCH_CONTACTS)
        return next((one for one in listed.payload if one.identifier == identifier), None)

    async def _new_contact(self, opening: Opening) -> Contact:
        body = {
            "inbox_id": self._account.inbox_id,
            "identifier": opening.person,
            "name": opening.name,
        }
        try:
            created = await self._post(
                CreatedContact, "/contacts", body, opening.person, Operation.CREATE_CONTACT
            )
        except DeskRefused as refused:
            # Another conversation of the same person was faster.
            known = await self._contact(opening.person) if refused.detail == _TAKEN else None
            if known is None:
                raise
            return known
        return created.payload.contact

    async def _conversation(self, key: str, contact: Contact) -> Conversation | None:
        path = f"/contacts/{contact.id}/conversations"
        listed = await self._get(ConversationList, path, {}, Operation.LIST_CONVERSATIONS)
        ours = (one for one in listed.payload if one.custom_attributes.get(OUR_KEY) == key)
        return next(ours, None)

    async def _new_conversation(self, opening: Opening, contact: Contact) -> Conversation:
        body = {
            "source_id": opening.key,
            "inbox_id": self._account.inbox_id,
            "contact_id": contact.id,
            "status": STATUSES[Standing.OPEN],
            "custom_attributes": {OUR_KEY: opening.key, **opening.attributes},
        }
        return await self._post(
            Conversation, "/conversations", body, opening.key, Operation.CREATE_CONVERSATION
        )

    async def _get(
        self, kind: type[_Answer], path: str, query: Mapping[str, str], operation: Operation
    ) -> _Answer:
        try:
            response = await self._client.read(
                self._base + path, params=query, headers=self._headers, operation=operation
            )
        except SystemRefused as refused:
            raise _lasting(refused) from refused
        return answer_as(kind, _found(response), system=SYSTEM)

    async def _post(
        self,
        kind: type[_Answer],
        path: str,
        body: Mapping[str, Any],
        key: str,
        operation: Operation,
    ) -> _Answer:
        response = await self._posted(path, body, key, operation)
        return answer_as(kind, response, system=SYSTEM)

    async def _posted(
        self, path: str, body: Mapping[str, Any], key: str, operation: Operation
    ) -> httpx.Response:
        try:
            response = await self._client.write(
                self._base + path,
                body=body,
                idempotency_key=key,
                headers=self._headers,
                operation=operation,
            )
        except SystemRefused as refused:
            raise _lasting(refused) from refused
        return _found(response)


def _lasting(refused: SystemRefused) -> SystemRefused | DeskRefused:
    """Return what a refusal means: what is Chatwoot's own trouble passes."""
    if isinstance(refused, SystemOutOfOrder):
        return refused
    return DeskRefused(SYSTEM, refused.detail)


def _found(response: httpx.Response) -> httpx.Response:
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise DeskRefused(SYSTEM, f"status {response.status_code}")
    return response
