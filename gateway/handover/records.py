"""How a conversation's handover is written in its `meta` hash."""

from collections.abc import Mapping
from datetime import datetime

from gateway.handover.models import GivenBack, Handling, Held
from gateway.ownership import Owner
from support.ids import ConversationId


def held(conversation_id: ConversationId, meta: Mapping[str, str]) -> Held:
    """Read a `meta` hash as the handover sees it."""
    written = meta.get("handling")
    left = meta.get("hand_back")
    began = datetime.fromisoformat(meta["created_at"])
    return Held(
        conversation_id=conversation_id,
        owner=Owner(meta["owner"]),
        epoch=int(meta["epoch"]),
        channel=meta["channel"],
        first_name=meta.get("customer_first_name") or None,
        handling=Handling.model_validate_json(written) if written else Handling(since=began),
        waiting_since=_time(meta, "waiting_since"),
        spoke_at=_time(meta, "spoke_at"),
        stopped=meta.get("stopped") == "1",
        hand_back=GivenBack.model_validate_json(left) if left else None,
    )


def _time(meta: Mapping[str, str], name: str) -> datetime | None:
    written = meta.get(name)
    return datetime.fromisoformat(written) if written else None
