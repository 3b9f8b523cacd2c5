"""The bundle and the procedure for one conversation, as far as they are known."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from redis.asyncio import Redis

from gateway.conversation_log.keys import key
from support.decisions.identity import Level
from support.decisions.procedure import Done, lay_out
from support.desk import OrderPicture
from support.handover import PersonRequest
from support.ids import ConversationId
from support.procedures import Signal, procedure_for
from support.systems.cases.models import CaseKind
from support.times import utc_now

SEEN_BY: Final = "Kmart desk"

_SHOWN_BY_CASE: Final[Mapping[str, tuple[Signal, ...]]] = {
    CaseKind.MISSING_PARCEL: (Signal.INVESTIGATION_OPEN,),
    CaseKind.STORE_CHECK: (Signal.INVESTIGATION_OPEN, Signal.STORE_CHECK_OPEN),
    CaseKind.ADDRESS_BEFORE_DISPATCH: (Signal.ADDRESS_ASKED,),
    CaseKind.CARRIER_REDIRECT: (Signal.ADDRESS_ASKED,),
    CaseKind.REFUND_REQUEST: (Signal.REMEDY_ASKED,),
    CaseKind.RETURN_REQUEST: (Signal.REMEDY_ASKED,),
    CaseKind.ALTERNATIVE_REQUEST: (Signal.REMEDY_ASKED,),
    "ticket": (Signal.TICKET_OPEN,),
}
"""Which step is done by which case: a refund request investigates nothing."""


class Ticks:
    """Steps that agents ticked by hand. Every method may raise RedisError."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def tick(
        self, conversation_id: ConversationId, topic: str, number: int, *, by: str | None
    ) -> None:
        """Tick a step, or take the tick away where `by` is None."""
        name, field = key(conversation_id, "ticks"), f"{topic}:{number}"
        if by is None:
            await self._redis.hdel(name, field)
        else:
            await self._redis.hset(name, field, f"{by}|{utc_now().isoformat()}")
            lasts = await self._redis.ttl(key(conversation_id, "meta"))
            await self._redis.expire(name, max(lasts, 60))

    async def of(self, conversation_id: ConversationId, topic: str) -> dict[int, Done]:
        """Return what was ticked in this procedure."""
        stored: Any = await self._redis.hgetall(key(conversation_id, "ticks"))
        done: dict[int, Done] = {}
        for field, value in stored.items():
            of_topic, _, number = field.rpartition(":")
            by, _, at = value.partition("|")
            if of_topic == topic:
                done[int(number)] = Done(f"ticked by {by}", SEEN_BY, datetime.fromisoformat(at))
        return done


def procedure_json(
    request: PersonRequest | None,
    picture: OrderPicture | None,
    ticked: Mapping[int, Done],
    *,
    topic: str | None,
) -> dict[str, Any]:
    """Return the procedure for the problem, with what is done of it."""
    procedure = procedure_for(topic)
    done = {**_from_request(request), **_from_picture(picture)}
    method = picture.method if picture else None
    steps = lay_out(procedure, done, _facts(picture), ticked, method=method)
    return {
        "topic": procedure.topic,
        "title": procedure.title,
        "steps": [asdict(step) for step in steps],
    }


def _from_request(request: PersonRequest | None) -> dict[Signal, Done]:
    """Return what the assistant did before it asked for a person."""
    if request is None:
        return {}
    known = set(Signal)
    done = {
        Signal(step.step): Done(step.outcome, step.source or "assistant", step.at)
        for step in request.steps
        if step.step in known and not step.outcome.startswith("asked")
    }
    if request.verified in {"matched", "code", "signed_in"}:
        done[Signal.IDENTIFIED] = Done(request.verified.replace("_", " "), "assistant")
    for parcel in request.parcels:
        told = Done(parcel.status.replace("_", " "), parcel.source, parcel.read_at)
        done.setdefault(Signal.ORDER_READ, told)
        done.setdefault(Signal.STATUS_TOLD, told)
    return done


def _from_picture(picture: OrderPicture | None) -> dict[Signal, Done]:
    if picture is None:
        return {}
    done = {Signal.ORDER_READ: Done("read", "order system", picture.read_at)}
    level = Level[picture.level.upper()]
    if level >= Level.MATCHED:
        done[Signal.IDENTIFIED] = Done(picture.level.replace("_", " "), "order system")
    if level >= Level.CODE:
        done[Signal.CODE_SHOWN] = Done(picture.level.replace("_", " "), "order system")
    for parcel in picture.parcels:
        if parcel.last_scan:
            scan = Done(parcel.last_scan, parcel.carrier, parcel.scanned_at)
            done.setdefault(Signal.CARRIER_READ, scan)
    for case in picture.cases:
        opened = Done(f"{case.kind} {case.reference}", "cases", case.opened_at)
        for signal in _SHOWN_BY_CASE.get(case.about or "", ()):
            done.setdefault(signal, opened)
    return done


def _facts(picture: OrderPicture | None) -> dict[str, str]:
    """Return what suggested replies may say; never more than the customer may hear."""
    facts = {"customer": "there"}
    if picture is None or picture.level == "none":
        return facts
    facts["customer"] = picture.first_name or "there"
    told: dict[str, str | None] = {"store": picture.store}
    if picture.parcels:
        parcel = picture.parcels[0]
        told |= {
            "carrier": parcel.carrier,
            "link": parcel.link,
            "status": parcel.status,
            "seller": parcel.seller,
        }
    return facts | {name: value for name, value in told.items() if value}
