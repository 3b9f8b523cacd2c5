"""Messages that could not be sent: `python -m worker.dead_letters list`, or `resend <id>...`.

`resend all` sends every one of them again. Reads REDIS_URL, as the worker does.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from typing import Final

from pydantic_settings import BaseSettings, SettingsConfigDict
from redis.exceptions import RedisError

from support.redis_address import RedisUrl
from support.redis_client import connect
from support.startup import load_settings
from worker.outbound.dead_letters import DeadLetter, DeadLetters

_MOST: Final = 1000
_USAGE: Final = "Usage: python -m worker.dead_letters list | resend <id>... | resend all"


class Settings(BaseSettings):
    """Where the messages are."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    redis_url: RedisUrl


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; return the exit status."""
    match list(arguments):
        case ["list"]:
            wanted: list[str] | None = None
        case ["resend", *ids] if ids:
            wanted = ids
        case _:
            return _refused(_USAGE)
    settings = load_settings(Settings, process="dead-letters")
    try:
        lines = asyncio.run(_lines(settings.redis_url, wanted))
    except RedisError as error:
        return _refused(f"Redis does not answer ({type(error).__name__}).")
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


async def _lines(redis_url: str, wanted: list[str] | None) -> list[str]:
    redis = connect(redis_url)
    try:
        letters = DeadLetters(redis)
        newest = await letters.newest(_MOST)
        if wanted is None:
            return [_line(letter) for letter in newest] or ["Nothing could not be sent."]
        ids = [letter.letter_id for letter in newest] if wanted == ["all"] else wanted
        return [_outcome(one, await letters.send_again(one)) for one in ids]
    finally:
        await redis.aclose()


def _line(letter: DeadLetter) -> str:
    place = f"{letter.conversation_id} {letter.position}"
    what = f"{letter.channel}  {letter.reason}"
    return f"{letter.letter_id}  {letter.at:%Y-%m-%d %H:%M}  {what}  {place}"


def _outcome(letter_id: str, letter: DeadLetter | None) -> str:
    return f"{letter_id}: {'is sent again' if letter else 'is not in the list'}"


def _refused(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return os.EX_USAGE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
