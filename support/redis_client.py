"""The one way we connect to Redis: every wait has an end.

A cluster's client is no subclass of `Redis` but has the same commands, so callers know one type. On
a cluster, the keys of one script or transaction must share a hash tag, as all keys of a
conversation do.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

from redis.asyncio import BlockingConnectionPool, Redis, RedisCluster
from redis.asyncio.client import PubSub
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.connection import Connection, SSLConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel, SentinelConnectionPool
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisClusterException, SlotNotCoveredError

from support.redis_address import Credentials, RedisAddress, Tls, Topology, parse

CONNECTIONS = 64
HEALTH_CHECK_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Patience:
    """How long Redis may take: to connect, to answer, and how often a command is repeated."""

    connect_seconds: float = 2.0
    answer_seconds: float = 5.0
    repeats: int = 3


SENTINEL_PATIENCE: Final = Patience(connect_seconds=0.5, answer_seconds=0.5, repeats=0)
"""For one sentinel: the next one is asked then."""


def connect(url: str, patience: Patience = Patience()) -> Redis:
    """Return a client that answers in text; it connects on first use and re-connects by itself.

    Commands are repeated, by default up to three times within about a second, when the connection
    breaks, so every write of ours must be safe to repeat. Raises RedisAddressWrong.
    """
    address = parse(url)
    builders = {
        Topology.SERVER: _server,
        Topology.SENTINEL: _master_of_sentinels,
        Topology.CLUSTER: _cluster,
    }
    return builders[address.topology](address, patience)


def _server(address: RedisAddress, patience: Patience) -> Redis:
    pool = BlockingConnectionPool(
        connection_class=SSLConnection if address.tls else Connection,
        host=address.nodes[0].host,
        port=address.nodes[0].port,
        db=address.database,
        **_pool_options(patience),
        **_options(address, patience),
    )
    return Redis.from_pool(pool)


def _master_of_sentinels(address: RedisAddress, patience: Patience) -> Redis:
    return Redis.from_pool(_MasterPool(address, patience))


class _MasterPool(SentinelConnectionPool, BlockingConnectionPool):
    """Connections to the present master; who finds all of them taken waits for one."""

    def __init__(self, address: RedisAddress, patience: Patience) -> None:
        super().__init__(  # type: ignore[no-untyped-call]  # redis-py's own
            address.service,
            _sentinels(address),
            ssl=address.tls is not None,
            db=address.database,
            **_pool_options(patience),
            **_options(address, patience),
        )

    async def aclose(self) -> None:
        """Close the connections to the sentinels as well."""
        await super().aclose()
        await self.sentinel_manager.aclose()


def _sentinels(address: RedisAddress) -> Sentinel:
    return Sentinel(  # type: ignore[no-untyped-call]  # redis-py's own
        address.nodes,
        sentinel_kwargs={
            "ssl": address.tls is not None,
            **_credential_options(address.sentinel_credentials),
            **_common_options(address.tls, SENTINEL_PATIENCE),
        },
    )


def _cluster(address: RedisAddress, patience: Patience) -> Redis:
    client = _Cluster(
        # A slot that has moved is learned by itself. By default the fifth one closes every
        # connection, also those that other tasks are using.
        reinitialize_steps=0,
        startup_nodes=[ClusterNode(node.host, node.port) for node in address.nodes],
        max_connections=CONNECTIONS,
        ssl=address.tls is not None,
        **_options(address, patience),
    )
    return cast("Redis", client)


class _Cluster(RedisCluster):
    """A cluster's client whose outages are RedisErrors, as those of other clients are."""

    async def initialize(self, *args: Any, **kwargs: Any) -> "_Cluster":  # noqa: ANN401 redis-py's
        """Find the nodes."""
        try:
            await super().initialize(*args, **kwargs)
        except RedisClusterException as error:
            raise RedisConnectionError(str(error)) from error
        return self

    async def execute_command(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 redis-py's
        """Run a command on the node that has its keys."""
        # Before the nodes are known, redis-py 8.1 sends a command to any of them.
        await self.initialize()
        try:
            return await super().execute_command(*args, **kwargs)
        except SlotNotCoveredError as error:
            raise RedisConnectionError(str(error)) from error

    async def aclose(self) -> None:
        """Close all connections, also those that an outage has left behind."""
        await super().aclose()
        await self.nodes_manager.aclose()
        await self.nodes_manager.aclose("startup_nodes")


class Subscription:
    """What is published on some patterns of channels, for one task to read."""

    def __init__(self, pubsub: PubSub) -> None:
        self._pubsub = pubsub

    async def next(self, *, seconds: float) -> dict[str, Any] | None:
        """Return the next message, or None after so long; raises RedisError when it is lost."""
        try:
            message: dict[str, Any] | None = await self._pubsub.get_message(timeout=seconds)
        except AttributeError as error:
            # redis-py 8.1, re-connecting while another task closes the cluster's connections.
            raise RedisConnectionError("the subscription's connection was closed") from error
        return message


@asynccontextmanager
async def subscribed(redis: Redis, *patterns: str) -> AsyncIterator[Subscription]:
    """Listen to channels; each new connection begins with a message of the type `psubscribe`."""
    await redis.initialize()  # a cluster's client must know the nodes by now
    async with redis.pubsub() as pubsub:
        await pubsub.psubscribe(*patterns)
        yield Subscription(pubsub)


def _pool_options(patience: Patience) -> dict[str, Any]:
    return {"max_connections": CONNECTIONS, "timeout": patience.answer_seconds}


def _options(address: RedisAddress, patience: Patience) -> dict[str, Any]:
    return {
        "health_check_interval": HEALTH_CHECK_SECONDS,
        **_credential_options(address.credentials),
        **_common_options(address.tls, patience),
    }


def _common_options(tls: Tls | None, patience: Patience) -> dict[str, Any]:
    backoff = ExponentialWithJitterBackoff(base=0.05, cap=0.4)
    return {
        "socket_connect_timeout": patience.connect_seconds,
        "socket_timeout": patience.answer_seconds,
        "decode_responses": True,
        "retry": Retry(backoff, retries=patience.repeats),
        **_tls_options(tls),
    }


def _credential_options(credentials: Credentials) -> dict[str, Any]:
    return {"username": credentials.username, "password": credentials.password}


def _tls_options(tls: Tls | None) -> dict[str, Any]:
    if tls is None:
        return {}
    return {
        "ssl_ca_certs": tls.ca_file,
        "ssl_certfile": tls.certificate_file,
        "ssl_keyfile": tls.key_file,
        "ssl_cert_reqs": "required" if tls.verify_certificate else "none",
        "ssl_check_hostname": tls.verify_host and tls.verify_certificate,
    }
