"""Collects messages that were not understood, behind the turns' back."""

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Iterable
from typing import Final

import structlog
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from redis.exceptions import RedisError

from rasa_runtime.review.messages import CollectedMessage, holds_words
from rasa_runtime.review.reasons import Prediction, Reason, Uttered, to_collect
from rasa_runtime.review.review_list import ReviewList

logger = structlog.get_logger(__name__)

WAITING_LIMIT: Final = 100
"""Messages on their way to Redis; when it is that slow, further ones are let go."""
TEXT_LIMIT: Final = 1000
"""Characters kept of a masked text; nobody labels a longer one."""


class Collector:
    """Looks at each stored turn. Never raises, and never makes a turn wait.

    `mask` takes personal data out of a text. Conversations are told apart by a hash with a key
    that lives as long as the process: nobody can find the conversation again.
    """

    def __init__(self, review_list: ReviewList, *, mask: Callable[[str], str]) -> None:
        self._list = review_list
        self._mask = mask
        self._key = secrets.token_bytes(32)
        self._on_their_way: set[asyncio.Task[None]] = set()
        self._failing = False

    def look_at(self, tracker: DialogueStateTracker, new_events: Iterable[Event]) -> None:
        """Collect from a conversation that has just been stored, with these events new."""
        if not any(isinstance(event, UserUttered) for event in new_events):
            return
        if len(self._on_their_way) >= WAITING_LIMIT:
            return
        task = asyncio.create_task(self._collect(tracker.sender_id, list(tracker.events)))
        self._on_their_way.add(task)
        task.add_done_callback(self._on_their_way.discard)

    async def close(self) -> None:
        """Wait for what is on its way; Redis's time limits are its end."""
        await asyncio.gather(*self._on_their_way)

    async def _collect(self, conversation_id: str, events: list[Event]) -> None:
        try:
            for message, reasons in to_collect(_uttered(events)):
                await self._add(conversation_id, message, reasons)
        except RedisError as error:
            self._note_outage(error)
        except Exception as error:  # noqa: BLE001 a message less to review, and nothing else
            logger.error("review.not_collected", error=type(error).__name__)  # noqa: TRY400 no text

    async def _add(
        self, conversation_id: str, message: Uttered, reasons: frozenset[Reason]
    ) -> None:
        masked = await asyncio.to_thread(self._masked, message.text)
        if not holds_words(masked):
            return
        hashed = self._hash(conversation_id)
        await self._list.add(CollectedMessage(masked, message.prediction, reasons, hashed))
        self._failing = False
        logger.warning("review.collected", reasons=sorted(reasons))

    def _masked(self, text: str) -> str:
        """Return the text as one line, without personal data and without what cannot be printed."""
        line = "".join(c for c in " ".join(self._mask(text).split()) if c.isprintable())
        return line[:TEXT_LIMIT]

    def _hash(self, conversation_id: str) -> str:
        digest = hashlib.blake2b(conversation_id.encode(), key=self._key, digest_size=12)
        return digest.hexdigest()

    def _note_outage(self, error: RedisError) -> None:
        """Log the first failure in a row."""
        if not self._failing:
            logger.error("review.redis_unavailable", error=type(error).__name__)
        self._failing = True


def _uttered(events: Iterable[Event]) -> list[Uttered]:
    return [
        Uttered(event.text or "", Prediction.from_parse_data({**event.parse_data}))
        for event in events
        if isinstance(event, UserUttered)
    ]
