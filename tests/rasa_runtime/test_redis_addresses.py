"""Tracker store and lock store at every kind of address, against real servers."""

import asyncio
import ssl
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest
import redis
from rasa.utils.endpoints import EndpointConfig
from redis.exceptions import RedisError

from rasa_runtime.lock_store import FairLockStore
from rasa_runtime.tracker_store import AppendingTrackerStore
from tests.rasa_runtime.certificates import Authority, issue, make_authority, server_context
from tests.rasa_runtime.conversations import DOMAIN, SESSION, add, dicts, turn
from tests.rasa_runtime.relay import running_relay
from tests.redis_servers import (
    HOST,
    SERVICE,
    Cluster,
    WithSentinel,
    command,
    free_port,
    running_cluster,
    running_sentinel,
    running_server,
    running_with_sentinel,
)

Stores = tuple[AppendingTrackerStore, FairLockStore]


@asynccontextmanager
async def stores_at(url: str) -> AsyncIterator[Stores]:
    tracker_store = AppendingTrackerStore(DOMAIN, url)
    lock_store = FairLockStore(EndpointConfig(url=url))
    yield tracker_store, lock_store
    await tracker_store.close()
    await lock_store.close()


async def converse(stores: Stores, conversation: str, *numbers: int) -> None:
    tracker_store, lock_store = stores
    for number in numbers:
        async with lock_store.lock(conversation):
            await add(tracker_store, conversation, *turn(number))


async def check_everything(url: str) -> None:
    """Hold conversations, two turns at a time, and read them back in every way."""
    conversations = [uuid.uuid4().hex for _ in range(8)]
    async with stores_at(url) as stores:
        tracker_store, _ = stores
        for conversation in conversations:
            await add(tracker_store, conversation, *SESSION)
            await asyncio.gather(*(converse(stores, conversation, number) for number in (1, 2)))
            full = await tracker_store.retrieve_full_tracker(conversation)
            assert dicts(await tracker_store.retrieve(conversation)) == dicts(full)
            assert len(full.events) == len(SESSION) + 2 * len(turn(1))
            assert len(await tracker_store.utterances_after(conversation, "m1")) == 1
            assert await tracker_store.exists(conversation) is True
        assert set(conversations) <= set(await tracker_store.keys())


class TestPasswords:
    @pytest.fixture(scope="class")
    def port(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
        with running_server(tmp_path_factory.mktemp("redis")) as server:
            rules = ("~rasa:*", "~tracker:*", "+@all", "-@dangerous")
            command(server, "ACL", "SETUSER", "rasa", "on", ">p@ss/word", *rules)
            command(server, "ACL", "SETUSER", "default", ">only:password", "resetpass", ">only")
            yield server.port

    @pytest.mark.parametrize(
        "credentials", ["rasa:p%40ss%2Fword", ":only"], ids=["user", "password alone"]
    )
    async def test_the_right_one_opens(self, port: int, credentials: str):
        await check_everything(f"redis://{credentials}@{HOST}:{port}/0")

    @pytest.mark.parametrize("credentials", ["rasa:wrong@", ""], ids=["wrong", "none"])
    async def test_without_it_nothing_opens(self, port: int, credentials: str):
        async with stores_at(f"redis://{credentials}{HOST}:{port}") as (store, _):
            with pytest.raises(RedisError):
                await store.retrieve("c")


class TestTls:
    @pytest.fixture(scope="class")
    def authority(self, tmp_path_factory: pytest.TempPathFactory) -> Authority:
        return make_authority(tmp_path_factory.mktemp("certificates"), "authority")

    @pytest.fixture(scope="class")
    def tls(self, authority: Authority) -> ssl.SSLContext:
        return server_context(issue(authority, "server"))

    @pytest.fixture(scope="class")
    def redis_port(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
        with running_server(tmp_path_factory.mktemp("redis")) as server:
            yield server.port

    async def test_a_server_signed_by_the_authority_is_trusted(
        self, redis_port: int, tls: ssl.SSLContext, authority: Authority
    ):
        with running_relay(redis_port, tls) as relay:
            await check_everything(f"rediss://{HOST}:{relay.port}?ssl_ca_certs={authority.file}")

    @pytest.mark.parametrize("option", ["", "?ssl_check_hostname=false"])
    async def test_one_that_is_signed_by_nobody_known_is_not(
        self, redis_port: int, tls: ssl.SSLContext, option: str
    ):
        with running_relay(redis_port, tls) as relay:
            async with stores_at(f"rediss://{HOST}:{relay.port}{option}") as (store, _):
                with pytest.raises(RedisError, match="certificate verify failed"):
                    await store.retrieve("c")

    async def test_one_with_another_name_is_not_unless_told(
        self, redis_port: int, authority: Authority
    ):
        elsewhere = server_context(issue(authority, "elsewhere", address="192.0.2.1"))
        with running_relay(redis_port, elsewhere) as relay:
            url = f"rediss://{HOST}:{relay.port}?ssl_ca_certs={authority.file}"
            async with stores_at(url) as (store, _):
                with pytest.raises(RedisError, match="IP address mismatch"):
                    await store.retrieve("c")
            async with stores_at(f"{url}&ssl_check_hostname=false") as (store, _):
                assert await store.retrieve("c") is None

    async def test_verification_can_be_switched_off(self, redis_port: int, tls: ssl.SSLContext):
        with running_relay(redis_port, tls) as relay:
            async with stores_at(f"rediss://{HOST}:{relay.port}?ssl_cert_reqs=none") as (store, _):
                assert await store.retrieve("c") is None

    async def test_a_server_that_asks_for_a_certificate_gets_it(
        self, redis_port: int, authority: Authority
    ):
        ours = issue(authority, "rasa")
        asking = server_context(issue(authority, "asking"), clients_of=authority)
        with running_relay(redis_port, asking) as relay:
            url = f"rediss://{HOST}:{relay.port}?ssl_ca_certs={authority.file}"
            certificate = f"&ssl_certfile={ours.file}&ssl_keyfile={ours.key_file}"
            async with stores_at(url + certificate) as (store, _):
                assert await store.retrieve("c") is None
            async with stores_at(url) as (store, _):
                with pytest.raises(RedisError):
                    await store.retrieve("c")

    async def test_sentinels_and_their_master(
        self, redis_port: int, tls: ssl.SSLContext, authority: Authority, tmp_path: Path
    ):
        with ExitStack() as stack:
            master = stack.enter_context(running_relay(redis_port, tls))
            sentinel = stack.enter_context(
                running_sentinel(tmp_path / "sentinel", master.port, password="secret")
            )
            relay = stack.enter_context(running_relay(sentinel, tls))
            await check_everything(
                f"rediss+sentinel://{HOST}:{relay.port}/{SERVICE}"
                f"?sentinel_password=secret&ssl_ca_certs={authority.file}"
            )

    async def test_a_cluster(self, tls: ssl.SSLContext, authority: Authority, tmp_path: Path):
        ports = [free_port() for _ in range(3)]
        with running_cluster(tmp_path, *ports) as cluster, ExitStack() as stack:
            for node, port in zip(cluster.nodes, ports, strict=True):
                stack.enter_context(running_relay(node.port, tls, port=port))
            await check_everything(
                f"rediss+cluster://{HOST}:{ports[0]}?ssl_ca_certs={authority.file}"
            )


class TestSentinel:
    @pytest.fixture
    def system(self, tmp_path: Path) -> Iterator[WithSentinel]:
        with running_with_sentinel(tmp_path) as system:
            yield system

    async def test_after_a_failover_the_new_master_is_written_to(self, system: WithSentinel):
        async with stores_at(system.url) as stores:
            await converse(stores, "c", 1, 2)
            await asyncio.to_thread(system.fail_over)
            await converse(stores, "c", 3)
            tracker = await stores[0].retrieve("c")
            assert dicts(tracker) == dicts(await stores[0].retrieve_full_tracker("c"))
            said = [e.text for e in tracker.events if e.type_name == "user"]
            assert said == ["message 1", "message 2", "message 3"]
        with redis.Redis(port=system.replica.port) as client:
            assert client.llen("rasa:{c}:events") == 3 * len(turn(1))

    async def test_a_service_that_sentinels_do_not_know_is_an_error(self, system: WithSentinel):
        url = system.url.replace(f"/{SERVICE}/", "/unknown/")
        async with stores_at(url) as (store, _):
            with pytest.raises(RedisError, match="unknown"):
                await store.retrieve("c")


class TestCluster:
    @pytest.fixture(scope="class")
    def cluster(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
        with running_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
            yield cluster

    async def test_conversations_are_spread_over_the_nodes_and_listed_from_all(
        self, cluster: Cluster
    ):
        await check_everything(cluster.url)
        async with stores_at(cluster.url) as (tracker_store, _):
            for number in range(9):  # whose slots lie on all three nodes
                await add(tracker_store, f"spread-{number}", *SESSION)
        assert all(command(node, "DBSIZE") for node in cluster.nodes)

    async def test_scripts_that_a_node_has_forgotten_are_sent_again(self, cluster: Cluster):
        async with stores_at(cluster.url) as stores:
            await converse(stores, "c", 1)
            for node in cluster.nodes:
                command(node, "SCRIPT", "FLUSH")
            await converse(stores, "c", 2)
            assert len((await stores[0].retrieve("c")).events) == 2 * len(turn(1))

    async def test_one_known_node_is_enough(self, cluster: Cluster):
        await check_everything(f"redis+cluster://{HOST}:{cluster.nodes[2].port}/0")


@pytest.mark.parametrize(
    "store", [AppendingTrackerStore, FairLockStore], ids=["tracker store", "lock store"]
)
def test_an_address_that_cannot_be_understood_is_refused(store: Callable[..., object]):
    arguments = {
        AppendingTrackerStore: {"host": "http://redis"},
        FairLockStore: {"endpoint_config": EndpointConfig(url="http://redis")},
    }
    with pytest.raises(ValueError, match="a Redis address begins with redis://"):
        store(**arguments[store])
