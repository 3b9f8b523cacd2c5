"""The conversation log: one Redis stream per conversation is the truth about what was said.

Durability is Redis's own: run it with its append-only file, `appendfsync always` if nothing that
was acknowledged may be lost when the machine itself stops.
"""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any, cast

from redis.asyncio import Redis

from gateway.conversation_log import records, scripts
from gateway.conversation_log.dress import Dress, Dressed, written
from gateway.conversation_log.keys import key
from gateway.conversation_log.models import (
    Admission,
    Conversation,
    ConversationClosed,
    ConversationUnknown,
    Customer,
    Entry,
    EntryBody,
    QuickReply,
    RateLimit,
    Reply,
    ReplyOutcome,
    Sender,
    TooManyMessages,
)
from gateway.ownership import Change, Effect, Guard, Owner, Ownership, OwnershipEvent, change
from support.ids import ConversationId, MessageId, SenderKey

PAGE = 200
"""Messages read in one call."""


class ConversationLog:
    """Creates conversations, appends to them and reads them. Every method may raise RedisError."""

    def __init__(self, redis: Redis, *, keep: timedelta) -> None:
        self._redis = redis
        self._keep_seconds = int(keep.total_seconds())
        self._append_script = redis.register_script(scripts.APPEND)
        self._finish_script = redis.register_script(scripts.FINISH_TURN)
        self._change_owner_script = redis.register_script(scripts.CHANGE_OWNER)

    async def create(
        self,
        *,
        channel: str,
        sender_key: SenderKey,
        customer: Customer | None = None,
        address: str | None = None,
    ) -> ConversationId:
        """Open a conversation under a random id; the bot owns it."""
        conversation_id = ConversationId(f"c-{secrets.token_urlsafe(18)}")
        meta = records.new_conversation(
            channel=channel, sender_key=sender_key, customer=customer, address=address
        )
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.hset(key(conversation_id, "meta"), mapping=meta)
            pipeline.expire(key(conversation_id, "meta"), self._keep_seconds)
            await pipeline.execute()
        return conversation_id

    async def append_customer_message(
        self,
        conversation_id: ConversationId,
        *,
        client_message_id: str,
        text: str,
        payload: str | None = None,
        limit: RateLimit | None = None,
        is_turn: bool = True,
    ) -> Admission:
        """Admit a message once per `client_message_id`; again gives the first admission.

        Without `is_turn` it is there to be read, and nobody answers it.

        Raises ConversationUnknown, ConversationClosed or TooManyMessages. A repeat is never
        refused, and keeps the text that came first.
        """
        body = EntryBody(client_message_id=client_message_id, payload=payload, is_turn=is_turn)
        result = await self._append(
            conversation_id,
            dedupe_key=f"customer:{client_message_id}",
            sender=Sender.CUSTOMER,
            text=text,
            body=body,
            more={"limit": limit.model_dump()} if limit else {},
        )
        outcome, message_id, position, owner, epoch, answered = result
        return Admission(
            message_id=MessageId(message_id),
            position=position,
            ownership=Ownership(Owner(owner), epoch),
            repeated=outcome == ReplyOutcome.REPEATED,
            finished=position <= answered,
        )

    async def append_reply(
        self,
        conversation_id: ConversationId,
        reply: Reply,
        *,
        dedupe_key: str,
        admitted: Ownership,
        answers: int | None = None,
        agent: str | None = None,
    ) -> ReplyOutcome:
        """Append a reply if whoever spoke at admission has had the word ever since.

        Otherwise it is kept for audit and not shown. `answers` is given with the last reply of a
        turn: the position of the customer's message whose turn ends here, in the same step. With
        `agent`, that agent must be the one who has the conversation.
        """
        body, stands_for = written(reply)
        more: dict[str, Any] = {
            "admitted": {"owner": admitted.owner.value, "epoch": admitted.epoch},
            "quick_replies": stands_for,
        }
        if answers is not None:
            more["answers"] = answers
        if agent is not None:
            more["agent"] = agent
        result = await self._append(
            conversation_id,
            dedupe_key=dedupe_key,
            sender=reply.sender,
            text=reply.text,
            body=body,
            more=more,
        )
        return ReplyOutcome(result[0])

    async def finish_turn(self, conversation_id: ConversationId, position: int) -> None:
        """End the turn of the customer's message at `position` without a reply."""
        await self._finish_script(keys=[key(conversation_id, "meta")], args=[position])

    async def read(self, conversation_id: ConversationId, *, after: int) -> list[Entry]:
        """Return up to PAGE messages that follow position `after`, oldest first."""
        found = await self._redis.xrange(
            key(conversation_id, "log"), min=f"({after}-0", max="+", count=PAGE
        )
        entries = cast("list[tuple[str, dict[str, str]]]", found)
        return [records.entry(stream_id, fields) for stream_id, fields in entries]

    async def newest(self, conversation_id: ConversationId, count: int) -> list[Entry]:
        """Return the last `count` messages, oldest first."""
        found = await self._redis.xrevrange(key(conversation_id, "log"), count=count)
        entries = cast("list[tuple[str, dict[str, str]]]", found)
        return [records.entry(stream_id, fields) for stream_id, fields in reversed(entries)]

    async def has(self, conversation_id: ConversationId, client_message_id: str) -> bool:
        """Say whether a customer's message is in the log."""
        return await self._is_in(conversation_id, f"customer:{client_message_id}")

    async def has_reply(self, conversation_id: ConversationId, dedupe_key: str) -> bool:
        """Say whether a reply of this `dedupe_key` was appended, or held back."""
        return await self._is_in(conversation_id, dedupe_key)

    async def asked_at(self, conversation_id: ConversationId) -> datetime | None:
        """Return when the customer last wrote; None where that was never."""
        asked = await self._redis.hget(key(conversation_id, "meta"), "asked")
        position = int(str(asked or 0))
        entries = await self.read(conversation_id, after=position - 1) if position else []
        return entries[0].at if entries else None

    async def discard(self, conversation_id: ConversationId) -> None:
        """Forget a conversation in which nothing was said."""
        await self._redis.delete(key(conversation_id, "meta"))

    async def conversation(self, conversation_id: ConversationId) -> Conversation:
        """Return the conversation's state; raises ConversationUnknown."""
        return records.conversation(conversation_id, await self._meta(conversation_id))

    async def next_unanswered(self, conversation: Conversation) -> Entry | None:
        """Return the oldest customer message whose turn is not finished."""
        after = conversation.answered
        while page := await self.read(conversation.conversation_id, after=after):
            for entry in page:
                if entry.sender is Sender.CUSTOMER:
                    return entry
            after = page[-1].position
        return None

    async def quick_reply(
        self, conversation_id: ConversationId, quick_reply_id: str
    ) -> QuickReply | None:
        """Return the choice that was offered under this id in this conversation."""
        stored = await self._redis.hget(key(conversation_id, "quick_replies"), quick_reply_id)
        return None if stored is None else QuickReply.model_validate_json(stored)

    async def change_owner(
        self,
        conversation_id: ConversationId,
        event: OwnershipEvent,
        guard: Guard = Guard.ALWAYS,
        *,
        dress: Dress,
    ) -> Ownership:
        """Let `event` change the owner; raises OwnershipRefused or ConversationUnknown.

        `dress` adds what goes with the change: it is given the state read, as it stands in Redis,
        and what the event leads to. Who else changes the owner at the same moment is respected:
        the event is then judged again against the new owner.
        """
        while True:
            meta = await self._meta(conversation_id)
            before = records.conversation(conversation_id, meta).ownership
            changed = change(before.owner, event, guard)
            dressed = dress(meta, changed)
            epoch = await self._change(conversation_id, before, changed, dressed)
            if epoch is not None:
                return Ownership(changed.after, epoch)

    async def _change(
        self, conversation_id: ConversationId, before: Ownership, changed: Change, dressed: Dressed
    ) -> int | None:
        """Make the change; None where somebody else was faster."""
        written = {
            "id": secrets.token_urlsafe(12),
            "expected": {"owner": before.owner.value, "epoch": before.epoch},
            "owner": changed.after.value,
            "fences": Effect.FENCE in changed.effects,
            **dressed.as_json(),
        }
        result: list[Any] = await self._change_owner_script(
            keys=[key(conversation_id, part) for part in records.CHANGE_KEYS],
            args=[
                json.dumps(written, ensure_ascii=False),
                key(conversation_id, "bell"),
                self._keep_seconds,
            ],
        )
        _raise_refusal(result)
        return int(result[1]) if result[0] == "changed" else None

    async def _is_in(self, conversation_id: ConversationId, dedupe_key: str) -> bool:
        return bool(await self._redis.hexists(key(conversation_id, "seen"), dedupe_key))

    async def _meta(self, conversation_id: ConversationId) -> dict[str, str]:
        meta = await self._redis.hgetall(key(conversation_id, "meta"))
        if not meta:
            raise ConversationUnknown
        return cast("dict[str, str]", meta)

    async def _append(
        self,
        conversation_id: ConversationId,
        *,
        dedupe_key: str,
        sender: Sender,
        text: str,
        body: EntryBody,
        more: dict[str, Any],
    ) -> list[Any]:
        message = {
            "dedupe_key": dedupe_key,
            "message_id": f"m-{secrets.token_urlsafe(12)}",
            "sender": sender.value,
            "text": text,
            "at": records.now(),
            "body": body.model_dump_json(exclude_defaults=True),
            "quick_replies": {},
            **more,
        }
        result: list[Any] = await self._append_script(
            keys=[key(conversation_id, part) for part in records.APPEND_KEYS],
            args=[
                json.dumps(message, ensure_ascii=False),
                key(conversation_id, "bell"),
                self._keep_seconds,
            ],
        )
        _raise_refusal(result)
        return result


def _raise_refusal(result: list[Any]) -> None:
    match result:
        case ["unknown"]:
            raise ConversationUnknown
        case ["closed"]:
            raise ConversationClosed
        case ["limited", milliseconds]:
            raise TooManyMessages(milliseconds / 1000)
