"""Runs a worker: `python -m worker`."""

import asyncio
import signal
from contextlib import AsyncExitStack

import httpx
import structlog
import uvloop

from gateway.conversation_log import ConversationLog
from gateway.handover import Handover
from support.figures import serve_figures
from support.redis_client import connect
from support.startup import configure_logging, load_settings, require_redis
from support.state.follow_ups import FollowUps
from worker.answering import Answering
from worker.follow_ups import AT_ONCE, LooksForNews
from worker.handover_timers import HandoverTimers
from worker.heartbeat import HeartbeatWriter
from worker.metrics import WorkerMetrics
from worker.outbound.live import live_outbound
from worker.outside_desk.live import live_desk
from worker.rasa_client import RasaClient
from worker.retries import Tries
from worker.settings import Settings
from worker.summaries import SummarisesQuiet
from worker.turn_queue import TurnQueue
from worker.unqueued import QueuesUnqueued
from worker.worker import Worker


def main() -> None:
    """Work until SIGTERM or SIGINT; refuse to start on bad settings or without Redis."""
    settings = load_settings(Settings, process="worker")
    configure_logging("worker")
    uvloop.run(_run(settings))


async def _run(settings: Settings) -> None:
    stopping = asyncio.Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signal_number, stopping.set)
    await require_redis(settings.redis_url, process="worker")
    metrics = WorkerMetrics()
    if settings.worker_metrics_port is not None:
        serve_figures(
            settings.worker_metrics_port,
            metrics.registry,
            process="worker",
            setting="WORKER_METRICS_PORT",
        )
    async with AsyncExitStack() as stack:
        await live_worker(settings, metrics, stack).run(stopping)
    structlog.get_logger("worker").info("worker_stopped")


def live_worker(settings: Settings, metrics: WorkerMetrics, stack: AsyncExitStack) -> Worker:
    """Return a worker on the real services; `stack` closes them."""
    redis = connect(settings.redis_url)
    stack.push_async_callback(redis.aclose)
    limits = httpx.Limits(max_connections=settings.worker_concurrency + AT_ONCE + 1)
    rasa_http = httpx.AsyncClient(base_url=str(settings.rasa_url), limits=limits, trust_env=False)
    actions_http = httpx.AsyncClient(trust_env=False)
    stack.push_async_callback(rasa_http.aclose)
    stack.push_async_callback(actions_http.aclose)
    rasa = RasaClient(rasa_http, key=settings.rasa_turn_key)
    log = ConversationLog(redis, keep=settings.keep_conversations)
    handover = Handover.on(
        redis,
        log,
        limits=settings.handover_limits,
        hours=settings.opening_hours,
        has_outside_desk=settings.has_outside_desk,
    )
    heartbeat = HeartbeatWriter(redis, rasa, actions_http, str(settings.actions_url))
    follow_ups = FollowUps(redis, look_every=settings.follow_up_every)
    return Worker(
        redis,
        TurnQueue(redis, quiet_after=settings.insights_quiet_after),
        Answering(handover, rasa, Tries(redis), metrics),
        (
            heartbeat,
            LooksForNews(redis, log, rasa, follow_ups, metrics, quiet=settings.quiet_hours),
            live_outbound(settings, redis, log, stack),
            QueuesUnqueued(redis, log),
            HandoverTimers(handover),
            *live_desk(settings, redis, handover, stack),
            SummarisesQuiet(
                redis,
                handover,
                key=settings.rasa_turn_key,
                quiet=settings.insights_quiet_after,
                keep=settings.keep_insights,
            ),
        ),
        concurrency=settings.worker_concurrency,
    )


if __name__ == "__main__":
    main()
