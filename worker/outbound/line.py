"""What `SendsMessages` sends along: which conversations it has, and how it goes on with one."""

from collections.abc import AsyncIterator
from typing import Any, Final, Protocol

from redis.asyncio import Redis

from gateway.channels.address_book import CONVERSATIONS
from support.ids import ConversationId
from worker.outbound.attempts import Later
from worker.outbound.cursor import Cursor
from worker.outbound.dead_letters import DeadLetters
from worker.outbound.outbox import Outbox

PAGE: Final = 500
_REMEMBERED_ELSEWHERE: Final = 20_000


class Line(Protocol):
    """One way out. Every method may raise RedisError or StateUnavailable; nothing is lost then.

    `name` is also that of its lease: who sends in a conversation is alone there. `look_seconds` is
    how often is looked for what no bell told, and `dead_letters` what could not be sent.
    """

    name: str
    look_seconds: float
    dead_letters: DeadLetters

    async def has(self, conversation_id: ConversationId) -> bool:
        """Say whether a conversation goes this way."""
        ...

    async def is_behind(self, conversation_id: ConversationId) -> bool:
        """Say whether something is not sent yet."""
        ...

    def all_behind(self) -> AsyncIterator[ConversationId]:
        """Yield the conversations in which something is not sent yet."""
        ...

    async def send_all(self, conversation_id: ConversationId) -> Later | None:
        """Send everything that is not sent; return when to go on where that fails for now."""
        ...

    async def send_again(self, conversation_id: ConversationId, position: int) -> Later | None:
        """Send what was given up, as an operator wants."""
        ...


class ProviderLine:
    """To customers who are not on our page, through whoever carries their channel."""

    name = "outbound"
    look_seconds = 5.0

    def __init__(
        self, redis: Redis, outbox: Outbox, cursor: Cursor, dead_letters: DeadLetters
    ) -> None:
        self._redis = redis
        self._outbox = outbox
        self._cursor = cursor
        self.dead_letters = dead_letters
        self._elsewhere: set[str] = set()

    async def has(self, conversation_id: ConversationId) -> bool:
        """Say whether it is sent through a provider; a conversation on our page never is."""
        if conversation_id in self._elsewhere:
            return False
        if await self._redis.zscore(CONVERSATIONS, conversation_id) is not None:
            return True
        if len(self._elsewhere) >= _REMEMBERED_ELSEWHERE:
            self._elsewhere.clear()
        self._elsewhere.add(conversation_id)
        return False

    async def is_behind(self, conversation_id: ConversationId) -> bool:
        """Compare the cursor with the log."""
        return bool(await self._cursor.behind([conversation_id]))

    async def all_behind(self) -> AsyncIterator[ConversationId]:
        """Look at all conversations, a page at a time."""
        position = 0
        while True:
            page: Any = await self._redis.zrange(CONVERSATIONS, position, position + PAGE - 1)
            if not page:
                return
            for one in await self._cursor.behind([ConversationId(each) for each in page]):
                yield one
            position += PAGE

    async def send_all(self, conversation_id: ConversationId) -> Later | None:
        """Send everything that is not sent."""
        return await self._outbox.send_all(conversation_id)

    async def send_again(self, conversation_id: ConversationId, position: int) -> Later | None:
        """Send one message that was given up."""
        return await self._outbox.send_again(conversation_id, position)
