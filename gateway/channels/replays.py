"""Signed posts that come again: a provider that did not hear our answer, or somebody's recording.

A signature stays right for ever, so a recorded post is known by having been answered long before.
How long a provider may go on, and what that costs: docs/decisions/0060-posts-that-come-again.md.
"""

import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Final

import structlog
from redis.asyncio import Redis

from gateway import texts
from gateway.channels.address_book import REMEMBERED
from gateway.channels.names import Channel
from gateway.problems import Problem

log = structlog.get_logger("gateway.channels")

RESENT_WITHIN: Final = timedelta(minutes=5)
"""How long after our answer an honest provider may post the same again: our answer was lost."""


class Replays:
    """Knows the posts that were answered. Every method may raise RedisError."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    @asynccontextmanager
    async def refused(self, channel: Channel, signature: str) -> AsyncIterator[None]:
        """Take a post in, unless it is a recording: raises a 403 Problem then.

        What fails on the way was not answered, and may come again at any time. `signature` is the
        one that was found right.
        """
        answered = _answered(channel, signature)
        before = await self._redis.get(answered)
        if _is_long_ago(before):
            log.warning("webhook_replayed", channel=channel.value)
            raise Problem(HTTPStatus.FORBIDDEN, "replayed", texts.POST_REPLAYED)
        yield
        if before is None:
            await self._redis.set(answered, time.time(), nx=True, ex=REMEMBERED)


def _is_long_ago(answered_at: str | bytes | None) -> bool:
    if answered_at is None:
        return False
    return time.time() - float(answered_at) > RESENT_WITHIN.total_seconds()


def _answered(channel: Channel, signature: str) -> str:
    digest = hashlib.sha256(f"{channel}:{signature}".encode()).hexdigest()[:32]
    return f"channels:answered:{{{digest}}}"
