"""Sessions of those who are signed in: kept in Redis, known to the browser by a random token.

Redis holds the token's hash only: who reads Redis cannot become somebody.
"""

import hmac
import secrets
from datetime import timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict
from redis.asyncio import Redis

from gateway.desk.accounts import Person
from support.state.counters import count_up, hashed

IDLE: Final = timedelta(hours=1)
"""An open page keeps its session; a closed one is signed out after this."""

LONGEST: Final = timedelta(hours=12)
TRIES: Final = 10
TRIES_WITHIN: Final = timedelta(minutes=15)


class Session(BaseModel):
    """Somebody's session. `csrf` has to come with everything that changes something."""

    model_config = ConfigDict(frozen=True)

    key: str
    csrf: str
    person: Person

    def allows(self, csrf: str | None) -> bool:
        """Say whether a request that changes something comes from our own page."""
        return csrf is not None and hmac.compare_digest(self.csrf.encode(), csrf.encode())


class Sessions:
    """Every method may raise RedisError, and `may_try` StateUnavailable."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def may_try(self, user_name: str, sender: str) -> bool:
        """Count a try to sign in; say whether there were few enough, by name and by sender."""
        counters = {
            f"limits:desk:name:{hashed(user_name.strip().lower())}": TRIES_WITHIN,
            f"limits:desk:sender:{hashed(sender)}": TRIES_WITHIN,
        }
        by_name, by_sender = await count_up(self._redis, counters)
        return by_name <= TRIES and by_sender <= TRIES * 5

    async def begin(self, person: Person) -> tuple[str, Session]:
        """Begin a session; return the browser's token with it."""
        token = secrets.token_urlsafe(32)
        session = Session(key=_key(token), csrf=secrets.token_urlsafe(32), person=person)
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.set(session.key, session.model_dump_json(), ex=IDLE)
            pipeline.set(_end(session.key), "", ex=LONGEST)
            await pipeline.execute()
        return token, session

    async def of(self, token: str | None) -> Session | None:
        """Return the session of a token, which goes on from now; None where it is over."""
        if not token:
            return None
        stored, lasts = await self._redis.mget(_key(token), _end(_key(token)))
        if stored is None or lasts is None:
            return None
        await self._redis.expire(_key(token), IDLE)
        return Session.model_validate_json(stored)

    async def end(self, session: Session) -> None:
        """End a session at once, whoever still has its token."""
        await self._redis.delete(session.key, _end(session.key))


def _key(token: str) -> str:
    return f"desk:session:{{{hashed(token)}}}"


def _end(key: str) -> str:
    return f"{key}:lasts"
