"""Watches the lock store's tickets from outside, through Redis's MONITOR."""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import redis

END = "end-of-watch"
_QUEUE_CHANGED = re.compile(
    r"(?P<command>RPUSH|LREM) rasa:\{(?P<conversation>[^}]+)\}:lock:queue (1 )?(?P<ticket>\S+)$"
)


class LockWatcher:
    """The tickets of each conversation in the order in which they were drawn and given back."""

    def __init__(self) -> None:
        self.drawn: defaultdict[str, list[str]] = defaultdict(list)
        self.given_back: defaultdict[str, list[str]] = defaultdict(list)

    def process_ids(self, conversation: str) -> list[int]:
        """Return which processes drew the conversation's tickets, in that order."""
        return [int(ticket.split(":")[1]) for ticket in self.drawn[conversation]]

    def note(self, command: str) -> None:
        changed = _QUEUE_CHANGED.match(command)
        if changed:
            noted = self.drawn if changed["command"] == "RPUSH" else self.given_back
            noted[changed["conversation"]].append(changed["ticket"])


@contextmanager
def watched_locks(redis_url: str) -> Iterator[LockWatcher]:
    """Watch while the block runs; the watcher is complete after it."""
    watcher = LockWatcher()
    with (
        redis.Redis.from_url(redis_url, socket_timeout=None) as client,
        client.monitor() as monitor,
    ):
        thread = threading.Thread(target=_watch, args=(monitor, watcher))
        thread.start()
        time.sleep(0.05)
        yield watcher
        client.echo(END)
        thread.join(timeout=10)


def _watch(monitor: "redis.client.Monitor", watcher: LockWatcher) -> None:
    for heard in monitor.listen():
        if heard["command"] == f"ECHO {END}":
            return
        watcher.note(heard["command"])
