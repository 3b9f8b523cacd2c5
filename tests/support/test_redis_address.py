from pathlib import Path

import pytest

from support.redis_address import (
    Credentials,
    Node,
    RedisAddress,
    RedisAddressWrong,
    Tls,
    Topology,
    parse,
)

PASSWORD = "p@ss:w/rd#1"
QUOTED = "p%40ss%3Aw%2Frd%231"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        pytest.param(
            "redis://shop.example",
            RedisAddress(Topology.SERVER, (Node("shop.example", 6379),)),
            id="host alone",
        ),
        pytest.param(
            "redis://[::1]:7000/2",
            RedisAddress(Topology.SERVER, (Node("::1", 7000),), database=2),
            id="IPv6, port, database",
        ),
        pytest.param(
            f"redis://:{QUOTED}@a:1",
            RedisAddress(Topology.SERVER, (Node("a", 1),), credentials=Credentials(None, PASSWORD)),
            id="password",
        ),
        pytest.param(
            f"rediss://rasa:{QUOTED}@a:1/",
            RedisAddress(
                Topology.SERVER,
                (Node("a", 1),),
                credentials=Credentials("rasa", PASSWORD),
                tls=Tls(),
            ),
            id="user, TLS",
        ),
        pytest.param(
            "redis+sentinel://u:p@a,b:1/orders/3?sentinel_username=s&sentinel_password=t%40",
            RedisAddress(
                Topology.SENTINEL,
                (Node("a", 26379), Node("b", 1)),
                database=3,
                service="orders",
                credentials=Credentials("u", "p"),
                sentinel_credentials=Credentials("s", "t@"),
            ),
            id="sentinels",
        ),
        pytest.param(
            "rediss+cluster://a:1,b:2?ssl_check_hostname=false",
            RedisAddress(
                Topology.CLUSTER, (Node("a", 1), Node("b", 2)), tls=Tls(verify_host=False)
            ),
            id="cluster, TLS",
        ),
    ],
)
def test_an_address_is_understood(url: str, address: RedisAddress):
    assert parse(url) == address


def test_files_for_tls_are_named(tmp_path: Path):
    names = ("ca.pem", "own.pem", "own.key")
    authority, certificate, key = (tmp_path / name for name in names)
    for file in (authority, certificate, key):
        file.touch()
    options = f"ssl_ca_certs={authority}&ssl_certfile={certificate}&ssl_keyfile={key}"
    tls = parse(f"rediss://a?{options}&ssl_cert_reqs=none").tls
    assert tls == Tls(str(authority), str(certificate), str(key), verify_certificate=False)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "begins with redis://"),
        ("localhost:6379", "begins with redis://"),
        ("https://a", "begins with redis://"),
        ("redis+ring://a", "begins with redis://"),
        ("rediss+sentinel+cluster://a/orders", "begins with redis://"),
        ("redis://", "host is missing"),
        ("redis+cluster://a,,b", "host is missing"),
        ("redis://a:many", "no number up to 65535"),
        ("redis://a:70000", "no number up to 65535"),
        ("redis://[::1", "stands in brackets"),
        ("redis://a,b", "several hosts"),
        ("redis://a/first", "one number"),
        ("redis://a/1/2", "one number"),
        ("redis+sentinel://a:1", "name of the service"),
        ("redis+cluster://a/1", "no databases"),
        ("redis://a?ssl_ca_certs=/ca.pem", "ssl_ca_certs is no option"),
        ("rediss://a?sentinel_password=p", "sentinel_password is no option"),
        ("rediss://a?verify=no", "verify is no option"),
        ("rediss://a?ssl_ca_certs=/absent.pem", "cannot be read: /absent.pem"),
        ("rediss://a?ssl_cert_reqs=maybe", "either required or none"),
        ("rediss://a?ssl_check_hostname=no", "either true or false"),
        ("redis://:pass#word@a", "%23"),
    ],
)
def test_one_that_is_not_is_refused_with_the_reason(url: str, reason: str):
    with pytest.raises(RedisAddressWrong, match=reason):
        parse(url)


def test_a_key_without_a_certificate_is_refused(tmp_path: Path):
    key = tmp_path / "own.key"
    key.touch()
    with pytest.raises(RedisAddressWrong, match="needs ssl_certfile"):
        parse(f"rediss://a?ssl_keyfile={key}")


@pytest.mark.parametrize(
    "url",
    [
        "redis://:secret@a,b",
        "redis://:secret@a:x",
        "redis://:secret@",
        "redis://:s#ecret@a",
        "redis://:secret/@a",
    ],
)
def test_no_reason_and_no_address_shows_a_password(url: str):
    with pytest.raises(RedisAddressWrong) as refused:
        parse(url)
    assert "secret" not in str(refused.value)
    assert "secret" not in repr(parse("redis://:secret@a"))
