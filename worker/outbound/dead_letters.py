"""Messages that could not be sent, for operators to see and to send again."""

from typing import Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict
from redis.asyncio import Redis

from support.ids import ConversationId

LETTERS: Final = "outbound:dead"

OUTBOUND: Final = "outbound"
_MOST: Final = 10_000


class DeadLetter(BaseModel):
    """One message that was given up. `letter_id` is where it stands in the list.

    `line` names what could not send it.
    """

    model_config = ConfigDict(frozen=True)

    letter_id: str = ""
    conversation_id: ConversationId
    position: int
    channel: str
    reason: str
    at: AwareDatetime
    line: str = OUTBOUND


class DeadLetters:
    """The list of them, and what operators want to be sent again along one line.

    Every method may raise RedisError.
    """

    def __init__(self, redis: Redis, line: str = OUTBOUND) -> None:
        self._redis = redis
        self._wanted = _wanted(line)

    async def add(self, letter: DeadLetter) -> None:
        """Put a message on the list; the oldest of very many is dropped."""
        fields: dict[Any, Any] = letter.model_dump(mode="json", exclude={"letter_id"})
        await self._redis.xadd(LETTERS, fields, maxlen=_MOST, approximate=True)

    async def newest(self, count: int) -> list[DeadLetter]:
        """Return the last `count` of them, the newest first."""
        found: Any = await self._redis.xrevrange(LETTERS, count=count)
        return [
            DeadLetter.model_validate({**fields, "letter_id": letter_id})
            for letter_id, fields in found
        ]

    async def send_again(self, letter_id: str) -> DeadLetter | None:
        """Take a message off the list and let it be sent again; None if it is not there."""
        found: Any = await self._redis.xrange(LETTERS, min=letter_id, max=letter_id)
        if not found:
            return None
        letter = DeadLetter.model_validate({**found[0][1], "letter_id": letter_id})
        # First wanted again, then off the list: a crash between leaves it twice, never lost.
        await self._redis.sadd(_wanted(letter.line), f"{letter.conversation_id} {letter.position}")
        await self._redis.xdel(LETTERS, letter_id)
        return letter

    async def wanted_again(self) -> list[tuple[ConversationId, int]]:
        """Return the messages that operators want to be sent again along this line."""
        members = await self._redis.smembers(self._wanted)
        places = [str(one).rpartition(" ") for one in members]
        return [(ConversationId(place), int(position)) for place, _, position in places]

    async def done(self, conversation_id: ConversationId, position: int) -> None:
        """Note that a wish was seen to."""
        await self._redis.srem(self._wanted, f"{conversation_id} {position}")


def _wanted(line: str) -> str:
    """Return the set of `conversation position` that an operator wants to be sent again."""
    return f"{line}:again"
