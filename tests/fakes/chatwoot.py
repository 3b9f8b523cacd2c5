"""A small Chatwoot: contacts, conversations and messages of one account, and what it posts.

Source: chatwoot/chatwoot, the controllers under `app/controllers/api/v1/accounts`, and
`app/presenters/conversations/event_data_presenter.rb`.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

ACCOUNT: Final = 7
INBOX: Final = 45
TOKEN: Final = "agent-token"
SECRET: Final = "webhook-secret-of-the-inbox"
KIM: Final = {"id": 3, "name": "Kim Nguyen", "email": "kim@example.com", "type": "user"}
LEE: Final = {"id": 4, "name": "Lee Roy", "email": "lee@example.com", "type": "user"}
SETTINGS: Final = {
    "desk": "chatwoot",
    "chatwoot_account_id": ACCOUNT,
    "chatwoot_inbox_id": INBOX,
}
Json = dict[str, Any]

_TYPES: Final = {"incoming": 0, "outgoing": 1}


@dataclass
class Chatwoot:
    """One account. `refusals` are answered first, one for each call, before anything is done.

    So many of `lost_answers` are lost after what was asked for was done, and so many of
    `blind_searches` find nobody.
    """

    contacts: list[Json] = field(default_factory=list)
    conversations: list[Json] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    statuses: list[tuple[int, str]] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    lost_answers: int = 0
    blind_searches: int = 0
    calls: int = 0

    def app(self) -> FastAPI:
        """Return its application API."""
        app = FastAPI()
        base = f"/api/v1/accounts/{ACCOUNT}"
        one = f"{base}/conversations/{{conversation_id}}"
        app.middleware("http")(self._check)
        app.get(f"{base}/contacts/search")(self._search)
        app.post(f"{base}/contacts")(self._create_contact)
        app.get(f"{base}/contacts/{{contact_id}}/conversations")(self._conversations_of)
        app.post(f"{base}/conversations")(self._create_conversation)
        app.post(f"{one}/toggle_status")(self._toggle_status)
        app.get(f"{one}/messages")(self._messages_after)
        app.post(f"{one}/messages")(self._create_message)
        return app

    async def _check(self, request: Request, answer: Any) -> Any:
        self.calls += 1
        if request.headers.get("api_access_token") != TOKEN:
            return JSONResponse({"error": "Invalid Access Token"}, HTTPStatus.UNAUTHORIZED)
        if self.refusals:
            return JSONResponse({}, self.refusals.pop(0), headers={"Retry-After": "1"})
        done = await answer(request)
        if request.method == "POST" and self.lost_answers:
            self.lost_answers -= 1
            return JSONResponse({}, HTTPStatus.GATEWAY_TIMEOUT)
        return done

    async def _search(self, q: str) -> Json:
        if self.blind_searches:
            self.blind_searches -= 1
            return {"payload": []}
        return {"payload": [one for one in self.contacts if q in one["identifier"]]}

    async def _create_contact(self, request: Request) -> Any:
        asked = await request.json()
        if any(one["identifier"] == asked["identifier"] for one in self.contacts):
            taken = {"message": "Identifier has already been taken"}
            return JSONResponse(taken, HTTPStatus.UNPROCESSABLE_ENTITY)
        contact = {"id": 100 + len(self.contacts), **asked}
        self.contacts.append(contact)
        return {"payload": {"contact": contact, "contact_inbox": {"source_id": "random"}}}

    async def _conversations_of(self, contact_id: int) -> Json:
        found = [one for one in self.conversations if one["contact_id"] == contact_id]
        return {"payload": [_shown(one) for one in found[::-1][:20]]}

    async def _create_conversation(self, request: Request) -> Any:
        conversation = {"id": 1 + len(self.conversations), **(await request.json())}
        self.conversations.append(conversation)
        return _shown(conversation)

    async def _toggle_status(self, conversation_id: int, request: Request) -> Any:
        conversation = self._conversation(conversation_id)
        if conversation is None:
            return _missing()
        conversation["status"] = (await request.json())["status"]
        self.statuses.append((conversation_id, conversation["status"]))
        success = {"success": True, "current_status": conversation["status"]}
        return {"meta": {}, "payload": {**success, "conversation_id": conversation_id}}

    async def _messages_after(self, conversation_id: int, after: int = 0) -> Any:
        found = [one for one in self.messages if one["conversation_id"] == conversation_id]
        return {"meta": {}, "payload": [one for one in found if one["id"] > after][:100]}

    async def _create_message(self, conversation_id: int, request: Request) -> Any:
        if self._conversation(conversation_id) is None:
            return _missing()
        asked = await request.json()
        message = {
            "id": 1000 + len(self.messages),
            "content": asked["content"],
            "conversation_id": conversation_id,
            "message_type": _TYPES[asked.get("message_type", "outgoing")],
            "private": asked.get("private", False),
            "source_id": asked.get("source_id"),
            "created_at": int(time.time()),
        }
        self.messages.append(message)
        return message

    def said(self, *, private: bool = False) -> list[str]:
        """Return what stands there: the customer's words, or the notes."""
        return [one["content"] for one in self.messages if one["private"] is private]

    def _conversation(self, conversation_id: int) -> Json | None:
        return next((one for one in self.conversations if one["id"] == conversation_id), None)


def _shown(conversation: Json) -> Json:
    names = ("id", "inbox_id", "status", "custom_attributes")
    return {"account_id": ACCOUNT, **{name: conversation[name] for name in names}}


def _missing() -> JSONResponse:
    return JSONResponse({"error": "Resource could not be found"}, HTTPStatus.NOT_FOUND)


def conversation_json(key: str, **different: Any) -> Json:
    """Return a conversation as every post carries it."""
    return {
        "id": 1,
        "inbox_id": INBOX,
        "channel": "Channel::Api",
        "contact_inbox": {"id": 5, "contact_id": 100, "inbox_id": INBOX, "source_id": key},
        "meta": {"sender": {"id": 100, "name": "Customer", "type": "contact"}, "assignee": None},
        "status": "open",
        "custom_attributes": {"assistant_conversation": key},
        **different,
    }


def message_json(key: str, text: str | None, *, id: int = 1, **different: Any) -> Json:  # noqa: A002
    """Return the post about a message that Kim wrote."""
    return {
        "event": "message_created",
        "id": id,
        "content": text,
        "message_type": "outgoing",
        "content_type": "text",
        "private": False,
        "sender": KIM,
        "account": {"id": ACCOUNT, "name": "Shop"},
        "inbox": {"id": INBOX, "name": "Assistant"},
        "conversation": conversation_json(key),
        **different,
    }


def status_json(key: str, status: str, assignee: Json | None = KIM) -> Json:
    """Return the post about a status that was changed."""
    meta = {"assignee": assignee}
    return {
        "event": "conversation_status_changed",
        **conversation_json(key, status=status, meta=meta),
    }


def assignee_json(key: str, assignee: Json | None) -> Json:
    """Return the post about a conversation that was given to somebody."""
    changed = {"previous_value": None, "current_value": assignee and assignee["id"]}
    return {
        "event": "conversation_updated",
        "changed_attributes": [{"assignee_id": changed}],
        **conversation_json(key, meta={"assignee": assignee}),
    }


def typing_json(key: str, *, is_private: bool = False) -> Json:
    """Return the post about Kim's typing."""
    return {
        "event": "conversation_typing_on",
        "user": KIM,
        "is_private": is_private,
        "conversation": conversation_json(key),
    }


@dataclass(frozen=True)
class Poster:
    """Posts to our gateway as Chatwoot does."""

    http: httpx.AsyncClient
    secret: str = SECRET

    async def post(self, body: Json, *, age: int = 0, **headers: str) -> httpx.Response:
        """Sign a body `age` seconds ago, and post it."""
        raw, timestamp = json.dumps(body).encode(), str(int(time.time()) - age)
        return await self.http.post(
            "/webhooks/chatwoot", content=raw, headers={**self.signed(raw, timestamp), **headers}
        )

    def signed(self, raw: bytes, timestamp: str) -> dict[str, str]:
        """Return the headers that go with a body."""
        digest = hmac.new(self.secret.encode(), f"{timestamp}.".encode() + raw, hashlib.sha256)
        return {
            "Content-Type": "application/json",
            "X-Chatwoot-Timestamp": timestamp,
            "X-Chatwoot-Signature": f"sha256={digest.hexdigest()}",
        }
