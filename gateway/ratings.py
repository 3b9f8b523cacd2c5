"""How a customer rates a conversation: kept with the conversation's state, and as long as that."""

from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from redis.asyncio import Redis

from gateway.conversation_log import ConversationUnknown, records, scripts
from gateway.conversation_log.keys import key
from gateway.text_cleaning import clean_text
from support.ids import ConversationId

COMMENT_CHARACTERS: Final = 1000


class Rating(BaseModel):
    """A score from 1, very poor, to 5, very good, and what the customer adds in words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    score: int = Field(ge=1, le=5)
    comment: (
        Annotated[str, Field(max_length=COMMENT_CHARACTERS), AfterValidator(clean_text)] | None
    ) = None


class KeptRating(Rating):
    """A rating with the moment of its score."""

    at: AwareDatetime


class Ratings:
    """Keeps one rating per conversation. Every method may raise RedisError."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._keep_script = redis.register_script(scripts.KEEP_RATING)

    async def keep(self, conversation_id: ConversationId, rating: Rating) -> bool:
        """Keep a rating, and say whether the score is new; raises ConversationUnknown.

        The first score stands, and so does the first comment, which may come after it.
        """
        kept: int = await self._keep_script(
            keys=[key(conversation_id, "meta")],
            args=[rating.score, rating.comment or "", records.now()],
        )
        if kept < 0:
            raise ConversationUnknown
        return kept == 1

    async def of(self, conversation_id: ConversationId) -> KeptRating | None:
        """Return the rating of a conversation, None where it was not rated."""
        score, comment, at = await self._redis.hmget(
            key(conversation_id, "meta"), ["rating", "rating_comment", "rated_at"]
        )
        if score is None or at is None:
            return None
        return KeptRating.model_validate({"score": score, "comment": comment or None, "at": at})
