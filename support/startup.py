"""How every process of ours starts: settings read once, logs as JSON lines."""

import logging
import os
import sys
from typing import NoReturn, TypeVar

import structlog
from pydantic import ValidationError
from pydantic_settings import BaseSettings
from redis.exceptions import RedisError

from support.redis_client import connect

S = TypeVar("S", bound=BaseSettings)


def load_settings(settings_class: type[S], *, process: str) -> S:
    """Read the settings from the environment, or end with a line for each one that is wrong."""
    try:
        return settings_class()
    except ValidationError as error:
        problems = [_problem(".".join(map(str, e["loc"])), e) for e in error.errors()]
        refuse_to_start(process, problems, os.EX_CONFIG)


def refuse_to_start(process: str, problems: list[str], exit_code: int) -> NoReturn:
    """End the process with a plain line for each problem."""
    sys.stderr.writelines(f"{process} cannot start: {problem}\n" for problem in problems)
    raise SystemExit(exit_code)


async def require_redis(url: str, *, process: str) -> None:
    """End the process with a plain line unless Redis answers; warn if it keeps nothing on disk."""
    redis = connect(url)
    try:
        persistence = await redis.info("persistence")
    except RedisError as error:
        reason = f"Redis at REDIS_URL does not answer ({type(error).__name__})."
        refuse_to_start(process, [reason], os.EX_UNAVAILABLE)
    finally:
        await redis.aclose()
    if not persistence["aof_enabled"]:
        structlog.get_logger(process).warning("redis_without_append_only_file")


def configure_logging(process: str) -> None:
    """Log events as JSON lines on standard output, the libraries' warnings among them."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(process).setLevel(logging.INFO)
    structlog.contextvars.bind_contextvars(process=process)


def _problem(field: str, error: object) -> str:
    # The value itself is never shown: it may be a secret.
    kind, message = error["type"], error["msg"]  # type: ignore[index]
    name = field.upper()
    if not name:
        return f"{str(message).removeprefix('Value error, ')}."
    return f"{name} is not set." if kind == "missing" else f"{name}: {message}."
