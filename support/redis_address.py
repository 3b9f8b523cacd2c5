"""The addresses of Redis that every process understands.

| address | means |
|---|---|
| `redis://[[user]:password@]host[:port][/database]` | one server |
| `redis+sentinel://...@host[:port],host[:port]/service[/database]` | the master sentinels name |
| `redis+cluster://...@host[:port],host[:port]` | a cluster, by some of its nodes |
| `rediss://`, `rediss+sentinel://`, `rediss+cluster://` | the same over TLS |

Options follow a question mark. `ssl_ca_certs`, `ssl_certfile` and `ssl_keyfile` name files,
`ssl_check_hostname=false` and `ssl_cert_reqs=none` switch parts of the verification off, and
`sentinel_username` and `sentinel_password` are for sentinels that ask for them. Special characters
are percent-encoded, as in every URL.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Final, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from pydantic import AfterValidator

PORT: Final = 6379
SENTINEL_PORT: Final = 26379
_TLS_OPTIONS: Final = frozenset(
    {"ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_check_hostname", "ssl_cert_reqs"}
)
_FILE_OPTIONS: Final = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
_SENTINEL_OPTIONS: Final = frozenset({"sentinel_username", "sentinel_password"})


class RedisAddressWrong(ValueError):
    """The address cannot be understood; the message says why, without passwords."""


class Topology(Enum):
    """What stands behind an address."""

    SERVER = "redis"
    SENTINEL = "redis+sentinel"
    CLUSTER = "redis+cluster"


class Node(NamedTuple):
    """Where one server or sentinel listens."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who we are: a password alone belongs to Redis's default user."""

    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Tls:
    """How a server proves who it is, and how we do. Verifies unless told not to."""

    ca_file: str | None = None
    certificate_file: str | None = None
    key_file: str | None = None
    verify_certificate: bool = True
    verify_host: bool = True


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """An address, understood."""

    topology: Topology
    nodes: tuple[Node, ...]
    database: int = 0
    service: str = ""
    credentials: Credentials = Credentials()
    sentinel_credentials: Credentials = Credentials()
    tls: Tls | None = None


def parse(url: str) -> RedisAddress:
    """Return what the address means; raise RedisAddressWrong if that cannot be told."""
    parts = _split(url)
    topology, secure = _scheme(parts.scheme)
    options = _options(parts.query, topology, secure=secure)
    userinfo, _, hosts = parts.netloc.rpartition("@")
    service, database = _path(parts, topology)
    return RedisAddress(
        topology=topology,
        nodes=_nodes(hosts, topology),
        database=database,
        service=service,
        credentials=_credentials(userinfo),
        sentinel_credentials=Credentials(
            options.get("sentinel_username"), options.get("sentinel_password")
        ),
        tls=_tls(options) if secure else None,
    )


def _checked(url: str) -> str:
    parse(url)
    return url


RedisUrl = Annotated[str, AfterValidator(_checked)]
"""The type of a setting that holds an address."""


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise RedisAddressWrong("an IPv6 host in a Redis address stands in brackets") from None


def _scheme(scheme: str) -> tuple[Topology, bool]:
    first, plus, rest = scheme.partition("+")
    secure = first == "rediss"
    try:
        return Topology(("redis" if secure else first) + plus + rest), secure
    except ValueError:
        raise RedisAddressWrong(
            "a Redis address begins with redis://, redis+sentinel:// or redis+cluster://, "
            "or with rediss in place of redis for TLS"
        ) from None


def _nodes(hosts: str, topology: Topology) -> tuple[Node, ...]:
    default_port = SENTINEL_PORT if topology is Topology.SENTINEL else PORT
    nodes = tuple(_node(host, default_port) for host in hosts.split(","))
    if len(nodes) > 1 and topology is Topology.SERVER:
        raise RedisAddressWrong(
            "several hosts need redis+sentinel:// or redis+cluster:// before them"
        )
    return nodes


def _node(host: str, default_port: int) -> Node:
    parts = _split(f"//{host}")
    try:
        port = parts.port
    except ValueError:
        # It is not repeated: a password with a / in it ends up here.
        raise RedisAddressWrong(
            "a port in the Redis address is no number up to 65535, "
            "or a / in the password is not written as %2F"
        ) from None
    if not parts.hostname:
        raise RedisAddressWrong("a host is missing in the Redis address")
    return Node(parts.hostname, default_port if port is None else port)


def _path(parts: SplitResult, topology: Topology) -> tuple[str, int]:
    """Return the sentinels' service and the database."""
    if parts.fragment:
        raise RedisAddressWrong("a # in a Redis address must be written as %23")
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    service = ""
    if topology is Topology.SENTINEL:
        if not segments:
            raise RedisAddressWrong(
                "a redis+sentinel:// address needs the name of the service after its hosts"
            )
        service = segments.pop(0)
    database = _database(segments)
    if database and topology is Topology.CLUSTER:
        raise RedisAddressWrong("a Redis cluster has no databases besides 0")
    return service, database


def _database(segments: list[str]) -> int:
    if not segments:
        return 0
    if len(segments) > 1 or not segments[0].isdecimal():
        raise RedisAddressWrong("the database in a Redis address is one number after the hosts")
    return int(segments[0])


def _credentials(userinfo: str) -> Credentials:
    username, _, password = userinfo.partition(":")
    return Credentials(unquote(username) or None, unquote(password) or None)


def _options(query: str, topology: Topology, *, secure: bool) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    sentinel = _SENTINEL_OPTIONS if topology is Topology.SENTINEL else frozenset()
    tls = _TLS_OPTIONS if secure else frozenset()
    for name in options:
        if name not in sentinel | tls:
            raise RedisAddressWrong(f"{name} is no option of this kind of Redis address")
    return options


def _tls(options: Mapping[str, str]) -> Tls:
    files = {name: options[name] for name in _FILE_OPTIONS if name in options}
    for name, path in files.items():
        if not os.access(path, os.R_OK):
            raise RedisAddressWrong(f"{name} names a file that cannot be read: {path}")
    if "ssl_keyfile" in files and "ssl_certfile" not in files:
        raise RedisAddressWrong("ssl_keyfile needs ssl_certfile beside it")
    return Tls(
        ca_file=files.get("ssl_ca_certs"),
        certificate_file=files.get("ssl_certfile"),
        key_file=files.get("ssl_keyfile"),
        verify_certificate=_chosen(options, "ssl_cert_reqs", yes="required", no="none"),
        verify_host=_chosen(options, "ssl_check_hostname", yes="true", no="false"),
    )


def _chosen(options: Mapping[str, str], name: str, *, yes: str, no: str) -> bool:
    value = options.get(name, yes)
    if value not in {yes, no}:
        raise RedisAddressWrong(f"{name} is either {yes} or {no}")
    return value == yes
