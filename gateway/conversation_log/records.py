"""How conversations and their messages are written as Redis hashes and stream entries."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from redis.typing import EncodableT, FieldT

from gateway.conversation_log.models import Conversation, Customer, Entry, EntryBody
from gateway.ownership import Owner
from support.ids import ConversationId, CustomerId, SenderKey

CHANGE_KEYS = ("meta", "log", "seen", "quick_replies", "handovers", "request")
"""The keys of the change of owner, in its order."""

APPEND_KEYS = ("meta", "log", "seen", "quick_replies", "suppressed", "rate")
"""The keys of the append script, in its order."""


def new_conversation(
    *, channel: str, sender_key: SenderKey, customer: Customer | None
) -> Mapping[FieldT, EncodableT]:
    """Return the `meta` hash of a conversation that begins now."""
    return {
        "owner": Owner.BOT.value,
        "epoch": 1,
        "fence": 1,
        "position": 0,
        "asked": 0,
        "answered": 0,
        "channel": channel,
        "sender_key": sender_key,
        "customer_id": customer.customer_id if customer else "",
        "customer_first_name": (customer.first_name or "") if customer else "",
        "created_at": now(),
    }


def conversation(conversation_id: ConversationId, meta: Mapping[str, str]) -> Conversation:
    """Read a `meta` hash."""
    customer = Customer(
        customer_id=CustomerId(meta["customer_id"]),
        first_name=meta["customer_first_name"] or None,
    )
    return Conversation(
        conversation_id=conversation_id,
        owner=Owner(meta["owner"]),
        epoch=int(meta["epoch"]),
        fence=int(meta["fence"]),
        answered=int(meta["answered"]),
        channel=meta["channel"],
        sender_key=SenderKey(meta["sender_key"]),
        customer=customer if meta["customer_id"] else None,
        handed_back=meta.get("hand_back"),
    )


def entry(stream_id: str, fields: Mapping[str, Any]) -> Entry:
    """Read one stream entry; its id is `<position>-0`."""
    return Entry.model_validate(
        {
            **fields,
            "position": int(stream_id.split("-", maxsplit=1)[0]),
            "body": EntryBody.model_validate_json(fields["body"]),
        }
    )


def now() -> str:
    """Return the moment as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
