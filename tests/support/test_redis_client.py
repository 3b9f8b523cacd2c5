"""The client's outages; what it reaches is tested where it is used."""

from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from support import embedded_redis
from support.redis_client import Patience, connect
from tests.fakes.waiting import eventually
from tests.redis_servers import kill, redis_config, running_cluster

IMPATIENT = Patience(connect_seconds=0.3, answer_seconds=0.3, repeats=1)
KEY = "key"


@pytest.mark.parametrize(
    "address",
    [
        "redis://127.0.0.1:{port}",
        "redis+sentinel://127.0.0.1:{port}/orders",
        "redis+cluster://127.0.0.1:{port}",
    ],
    ids=["server", "sentinel", "cluster"],
)
async def test_where_nobody_listens_every_command_is_an_error_of_redis(
    address: str, unused_tcp_port: int
):
    redis = connect(address.format(port=unused_tcp_port), IMPATIENT)
    with pytest.raises(RedisError):
        await redis.get(KEY)
    with pytest.raises(RedisError):
        async with redis.pipeline(transaction=True) as pipeline:
            await pipeline.get(KEY).execute()
    await redis.aclose()


async def test_a_server_that_is_no_cluster_is_an_error_of_redis(redis_url: str):
    redis = connect(redis_url.replace("redis://", "redis+cluster://"), IMPATIENT)
    with pytest.raises(RedisError, match="Cluster mode is not enabled"):
        await redis.get(KEY)
    await redis.aclose()


async def test_a_cluster_that_loses_a_node_is_an_error_of_redis_until_it_is_back(tmp_path: Path):
    with running_cluster(tmp_path) as cluster:
        redis = connect(cluster.url, IMPATIENT)
        await redis.set(KEY, "value")
        node = cluster.node_of(KEY)
        directory = tmp_path / f"node-{cluster.nodes.index(node)}"
        bus_port = redis_config(node, "cluster-port")
        kill(node)
        for _ in range(3):
            with pytest.raises(RedisError):
                await redis.get(KEY)
        options = ("--cluster-enabled", "yes", "--cluster-port", bus_port)
        again = embedded_redis.start(directory, node.port, options)
        await eventually(lambda: has_value(redis))
        await redis.aclose()
        again.stop()


async def has_value(redis: Redis) -> bool:
    try:
        return await redis.get(KEY) == "value"
    except RedisError:
        return False
