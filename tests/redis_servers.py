"""Redis servers for tests: alone, behind a sentinel, as a cluster; each on free ports.

The process that starts one must stop it: `stop()`, or the context managers below.
"""

import itertools
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis

from support import embedded_redis
from support.embedded_redis import HOST, EmbeddedRedis, server_binary

SERVICE = "orders"
SLOTS = 16384
READY_SECONDS = 15.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], object], *, seconds: float = READY_SECONDS) -> None:
    """Return when `ready` says yes; a connection that fails is a no."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if ready():
                return
        except redis.RedisError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"not ready after {seconds} seconds")


@contextmanager
def running_server(
    directory: Path, *options: str, port: int | None = None
) -> Iterator[EmbeddedRedis]:
    server = embedded_redis.start(directory, port, options)
    try:
        yield server
    finally:
        server.stop()


def kill(server: EmbeddedRedis) -> None:
    """End a server as a power cut would."""
    os.kill(server.pid, signal.SIGKILL)
    server.stop()


def command(server: EmbeddedRedis, *words: str | int) -> object:
    with redis.Redis(port=server.port, decode_responses=True) as client:
        return client.execute_command(*words)


@dataclass(frozen=True)
class WithSentinel:
    """A master with a replica, watched by one sentinel."""

    master: EmbeddedRedis
    replica: EmbeddedRedis
    sentinel_port: int
    sentinel_password: str

    @property
    def url(self) -> str:
        """The address, with a sentinel in it that is down."""
        hosts = f"{HOST}:{free_port()},{HOST}:{self.sentinel_port}"
        return f"redis+sentinel://{hosts}/{SERVICE}/0?sentinel_password={self.sentinel_password}"

    def fail_over(self) -> None:
        """Kill the master, and return when the sentinel sees the replica in its place."""
        kill(self.master)
        with redis.Redis(port=self.sentinel_port, password=self.sentinel_password) as client:
            wait_until(lambda: self._leads(client.sentinel_master(SERVICE)))

    def _leads(self, master: dict[str, Any]) -> bool:
        down = master["is_sdown"] or master["is_odown"] or master["is_disconnected"]
        return master["port"] == self.replica.port and not down


@contextmanager
def running_with_sentinel(directory: Path) -> Iterator[WithSentinel]:
    password = "password-of-the-sentinel"
    with ExitStack() as stack:
        at_once = ("--repl-diskless-sync-delay", "0")
        master = stack.enter_context(running_server(directory / "master", *at_once))
        replica = stack.enter_context(
            running_server(directory / "replica", "--replicaof", f"{HOST} {master.port}")
        )
        with redis.Redis(port=replica.port) as client:
            wait_until(lambda: client.info("replication")["master_link_status"] == "up")
        port = stack.enter_context(
            running_sentinel(directory / "sentinel", master.port, password=password)
        )
        with redis.Redis(port=port, password=password) as client:
            wait_until(lambda: client.sentinel_master(SERVICE)["num-slaves"] == 1)
        yield WithSentinel(master, replica, port, password)


@contextmanager
def running_sentinel(directory: Path, master_port: int, *, password: str) -> Iterator[int]:
    """Run a sentinel that watches the master; gives its port."""
    directory.mkdir()
    port = free_port()
    configuration = directory / "sentinel.conf"
    lines = [
        f"port {port}",
        f"bind {HOST}",
        f"dir {directory}",
        f"logfile {directory}/sentinel.log",
        f"sentinel monitor {SERVICE} {HOST} {master_port} 1",
        f"sentinel down-after-milliseconds {SERVICE} 1000",
        f"sentinel failover-timeout {SERVICE} 3000",
        f"requirepass {password}",
    ]
    configuration.write_text("\n".join(lines))
    process = subprocess.Popen(  # noqa: S603 our own packaged server, no shell
        [str(server_binary()), str(configuration), "--sentinel"], stdout=subprocess.DEVNULL
    )
    try:
        with redis.Redis(port=port, password=password) as client:
            wait_until(client.ping)
        yield port
    finally:
        process.kill()
        process.wait()


@dataclass(frozen=True)
class Cluster:
    """Three masters that share the slots."""

    nodes: tuple[EmbeddedRedis, ...]

    @property
    def url(self) -> str:
        hosts = ",".join(f"{HOST}:{node.port}" for node in self.nodes)
        return f"redis+cluster://{hosts}"

    def node_of(self, key: str) -> EmbeddedRedis:
        """Return the node that holds the key."""
        slot = command(self.nodes[0], "CLUSTER", "KEYSLOT", key)
        assert isinstance(slot, int)
        return self.nodes[slot * len(self.nodes) // SLOTS]


@contextmanager
def running_cluster(directory: Path, *announced_ports: int) -> Iterator[Cluster]:
    """Run a cluster; its nodes tell clients `announced_ports`, where those are given."""
    with ExitStack() as stack:
        nodes = tuple(
            stack.enter_context(_running_node(directory / f"node-{number}", announced))
            for number, announced in zip(
                range(3), announced_ports or itertools.repeat(None), strict=False
            )
        )
        _join(nodes)
        yield Cluster(nodes)


@contextmanager
def _running_node(directory: Path, announced_port: int | None) -> Iterator[EmbeddedRedis]:
    announced = ("--cluster-announce-port", str(announced_port)) if announced_port else ()
    with running_server(
        directory,
        *("--cluster-enabled", "yes", "--cluster-port", str(free_port())),
        *("--cluster-node-timeout", "2000"),
        *announced,
    ) as server:
        yield server


def _join(nodes: tuple[EmbeddedRedis, ...]) -> None:
    for number, node in enumerate(nodes):
        # Rounded up, so that `Cluster.node_of` finds the same node by dividing.
        first, after = (-(-share * SLOTS // len(nodes)) for share in (number, number + 1))
        command(node, "CLUSTER", "ADDSLOTSRANGE", first, after - 1)
        command(node, "CLUSTER", "SET-CONFIG-EPOCH", number + 1)
    for node in nodes[1:]:
        bus_port = redis_config(node, "cluster-port")
        command(nodes[0], "CLUSTER", "MEET", HOST, node.port, bus_port)
    for node in nodes:
        wait_until(lambda node=node: _is_whole(node, len(nodes)))  # type: ignore[misc]


def redis_config(server: EmbeddedRedis, name: str) -> str:
    with redis.Redis(port=server.port, decode_responses=True) as client:
        return str(client.config_get(name)[name])


def _is_whole(node: EmbeddedRedis, size: int) -> bool:
    with redis.Redis(port=node.port, decode_responses=True) as client:
        state = client.execute_command("CLUSTER INFO")
    return state["cluster_state"] == "ok" and state["cluster_known_nodes"] == str(size)


class RestartableRedis:
    """A server that can be killed and comes back with all it acknowledged, at the same address."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._server = embedded_redis.start(directory)
        self.url = self._server.url

    def kill(self) -> None:
        kill(self._server)

    def start(self) -> None:
        self._server = embedded_redis.start(self._directory, self._server.port)

    def stop(self) -> None:
        self._server.stop()
