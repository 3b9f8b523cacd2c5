"""Signing in through a provider that is played here: it signs with a key of its own."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from pydantic import SecretStr
from redis.asyncio import Redis

from gateway.desk.accounts import Role
from gateway.desk.oidc import OpenId, OpenIdFailed

ISSUER = "https://login.example.com"
KEY = RSAKey.generate_key(2048, parameters={"kid": "1"})
OTHER_KEY = RSAKey.generate_key(2048, parameters={"kid": "1"})
CLAIMS = {
    "iss": ISSUER,
    "aud": "desk",
    "sub": "u-7",
    "given_name": "Mia",
    "groups": ["desk-agents", "marketplace"],
}

Claims = dict[str, Any]


class Provider:
    """Answers as a provider does. `change` alters what it signs, `key` is what it signs with."""

    def __init__(self) -> None:
        self.nonce = ""
        self.key = KEY
        self.change: Callable[[Claims], Claims] = dict
        self.form: dict[str, list[str]] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("openid-configuration"):
            return httpx.Response(200, json=self._endpoints())
        if request.url.path == "/keys":
            return httpx.Response(200, json={"keys": [KEY.as_dict(private=False)]})
        self.form = parse_qs(request.content.decode())
        told = {**CLAIMS, "nonce": self.nonce, "exp": int(time.time()) + 300}
        token = jwt.encode({"alg": "RS256", "kid": "1"}, self.change(told), self.key)
        return httpx.Response(200, json={"access_token": "a", "id_token": token})

    @staticmethod
    def _endpoints() -> dict[str, str]:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
        }


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def openid(provider: Provider, redis: Redis) -> OpenId:
    return OpenId(
        issuer=ISSUER,
        client_id="desk",
        secret=SecretStr("s"),
        callback="https://chat.example.com/v1/desk/openid/callback",
        agents="desk-agents",
        supervisors="desk-supervisors",
        redis=redis,
        transport=httpx.MockTransport(provider),
    )


async def begun(openid: OpenId, provider: Provider) -> str:
    """Go to the provider; return the state to come back with."""
    url, state = await openid.begin()
    query = parse_qs(urlsplit(url).query)
    provider.nonce = query["nonce"][0]
    assert query["code_challenge_method"] == ["S256"]
    return state


async def test_who_the_provider_vouches_for_is_signed_in(openid: OpenId, provider: Provider):
    state = await begun(openid, provider)

    person = await openid.finish(code="c", state=state)

    assert person.agent_id == "sso:u-7"
    assert person.first_name == "Mia"
    assert person.role is Role.AGENT
    assert person.skills == {"marketplace"}
    assert len(provider.form["code_verifier"][0]) >= 43


async def test_a_state_is_good_once(openid: OpenId, provider: Provider):
    state = await begun(openid, provider)
    await openid.finish(code="c", state=state)

    with pytest.raises(OpenIdFailed):
        await openid.finish(code="c", state=state)


async def test_a_token_signed_by_another_key_is_refused(openid: OpenId, provider: Provider):
    state = await begun(openid, provider)
    provider.key = OTHER_KEY

    with pytest.raises(OpenIdFailed):
        await openid.finish(code="c", state=state)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"iss": "https://elsewhere.example.com"}, id="another issuer"),
        pytest.param({"aud": "another-app"}, id="for another app"),
        pytest.param({"nonce": "another"}, id="another nonce"),
        pytest.param({"exp": 1}, id="expired"),
        pytest.param({"groups": ["everybody"]}, id="nobody of the desk"),
    ],
)
async def test_what_is_not_for_us_now_is_refused(
    openid: OpenId, provider: Provider, changed: Claims
):
    state = await begun(openid, provider)
    provider.change = lambda told: {**told, **changed}

    with pytest.raises(OpenIdFailed):
        await openid.finish(code="c", state=state)


async def test_a_provider_that_says_to_be_another_is_refused(openid: OpenId):
    with pytest.raises(OpenIdFailed):
        await replace(openid, issuer="https://login.example.com/other").begin()
