"""`make review`: shows the messages that were not understood, and makes training lines of them."""

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

from rasa_runtime.review import exports, screens
from rasa_runtime.review.arguments import Arguments, arguments
from rasa_runtime.review.connection import PATIENCE, address, redis_url
from rasa_runtime.review.grouping import Group, groups_of, lines_of
from rasa_runtime.review.review_list import ReviewList
from rasa_runtime.review.sitting import sit, vectors_of
from rasa_runtime.review.training_files import UnreadableTrainingData
from rasa_runtime.settings import SettingsError, settings
from support.redis_address import RedisAddressWrong
from support.redis_client import connect


class CannotReview(Exception):
    """There is nothing to review with; the message is one sentence that says why."""


def main(given: Sequence[str]) -> int:
    """Do what the command line says; return the exit status."""
    chosen = arguments(given)
    try:
        with asyncio.Runner() as runner:
            _review(chosen, runner)
    except (CannotReview, SettingsError, UnreadableTrainingData) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _review(chosen: Arguments, runner: asyncio.Runner) -> None:
    url = redis_url(os.environ)
    if url is None:
        raise CannotReview("No Redis is known: start `make demo`, or say make review REDIS_URL=...")
    redis = _client(url)
    try:
        keep = timedelta(days=settings().keep_for_review_days)
        _show(chosen, ReviewList(redis, keep=keep), runner, address(url))
    except RedisError as error:
        raise CannotReview(f"Redis at {address(url)} does not answer: is it running?") from error
    finally:
        runner.run(redis.aclose())


def _client(url: str) -> Redis:
    try:
        return connect(url, PATIENCE)
    except RedisAddressWrong as problem:
        raise CannotReview(f"REDIS_URL cannot be used: {problem}.") from problem


def _show(chosen: Arguments, waiting: ReviewList, runner: asyncio.Runner, where: str) -> None:
    """Print, export or label what waits."""
    messages = runner.run(waiting.newest(chosen.newest))
    groups = groups_of(lines_of(messages), vectors_of)
    if chosen.json:
        _say(exports.as_json(groups))
    elif not groups:
        _say(f"Nothing to review: no message waits in Redis at {where}.")
    elif chosen.table:
        _say(screens.table(groups))
    elif chosen.export:
        _say(_exported(groups, chosen))
    else:
        _say(screens.introduction(groups))
        sit(chosen, groups, waiting, runner)


def _exported(groups: Sequence[Group], chosen: Arguments) -> str:
    assert chosen.export is not None  # noqa: S101 asked for just before
    count = exports.write_csv(groups, chosen.export)
    return f"{screens.counted(count, 'line')} in {chosen.export}; fill in its column intent."


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
