"""Signing in through the company's own OpenID Connect provider; joserfc checks what it signs.

Authorization code with PKCE; state, nonce and verifier wait in Redis, for one use.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Self
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import SecretStr, ValidationError
from redis.asyncio import Redis

from gateway.desk.accounts import Person, Role
from gateway.handover import AgentId
from gateway.settings import Settings
from support.handover import Skill

WAITS: Final = timedelta(minutes=10)
CALLBACK: Final = "/v1/desk/openid/callback"
ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
TIME_LIMIT: Final = 10.0


class OpenIdFailed(Exception):
    """The provider did not vouch for anybody."""


@dataclass(frozen=True, slots=True)
class OpenId:
    """One provider. The claim `groups` holds the group whose members are supervisors."""

    issuer: str
    client_id: str
    secret: SecretStr
    callback: str
    agents: str
    supervisors: str
    redis: Redis
    transport: httpx.AsyncBaseTransport | None = None

    @classmethod
    def of(cls, settings: Settings, redis: Redis) -> Self | None:
        """Return the provider that the settings name; None where they name none."""
        issuer, secret = settings.desk_openid_issuer, settings.desk_openid_client_secret
        if issuer is None or secret is None or settings.desk_openid_client_id is None:
            return None
        return cls(
            issuer=str(issuer).rstrip("/"),
            client_id=settings.desk_openid_client_id,
            secret=secret,
            callback=str(settings.public_url).rstrip("/") + CALLBACK,
            agents=settings.desk_openid_agents,
            supervisors=settings.desk_openid_supervisors,
            redis=redis,
        )

    async def begin(self) -> tuple[str, str]:
        """Return where to send the browser, and the state that it must come back with.

        Raises OpenIdFailed and RedisError.
        """
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        state = secrets.token_urlsafe(24)
        async with self._client() as client:
            found = await self._discover(client)
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.callback,
            "scope": "openid profile email",
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        url = f"{found['authorization_endpoint']}?{urlencode(query)}"
        waiting = json.dumps({"verifier": verifier, "nonce": nonce})
        await self.redis.set(_key(state), waiting, ex=WAITS)
        return url, state

    async def finish(self, *, code: str, state: str) -> Person:
        """Return who came back; raises OpenIdFailed and RedisError. A state is good once."""
        waiting = await self.redis.getdel(_key(state))
        if waiting is None:
            raise OpenIdFailed
        begun = json.loads(waiting)
        try:
            async with self._client() as client:
                found = await self._discover(client)
                token = await self._token(client, found["token_endpoint"], code, begun["verifier"])
                keys = (await client.get(found["jwks_uri"])).raise_for_status().json()
            claims = self._claims(token["id_token"], keys, nonce=begun["nonce"])
            return self._person(claims)
        except (
            JoseError,
            httpx.HTTPError,
            KeyError,
            ValueError,
            ValidationError,
        ) as error:
            raise OpenIdFailed from error

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=TIME_LIMIT, transport=self.transport, trust_env=False)

    async def _token(
        self, client: httpx.AsyncClient, endpoint: str, code: str, verifier: str
    ) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback,
            "code_verifier": verifier,
        }
        secret = httpx.BasicAuth(self.client_id, self.secret.get_secret_value())
        answer = await client.post(endpoint, data=form, auth=secret)
        token: dict[str, Any] = answer.raise_for_status().json()
        return token

    async def _discover(self, client: httpx.AsyncClient) -> dict[str, Any]:
        url = f"{self.issuer}/.well-known/openid-configuration"
        try:
            answer = await client.get(url)
            found: dict[str, Any] = answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise OpenIdFailed from error
        if str(found.get("issuer", "")).rstrip("/") != self.issuer:
            raise OpenIdFailed
        return found

    def _claims(self, id_token: str, keys: Any, *, nonce: str) -> dict[str, Any]:  # noqa: ANN401
        decoded = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)
        registry = jwt.JWTClaimsRegistry(
            leeway=30,
            iss={"essential": True, "values": [self.issuer, f"{self.issuer}/"]},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            sub={"essential": True},
        )
        registry.validate(decoded.claims)
        return decoded.claims

    def _person(self, claims: dict[str, Any]) -> Person:
        groups = claims.get("groups") or []
        is_supervisor = self.supervisors in groups
        if not is_supervisor and self.agents not in groups:
            raise OpenIdFailed
        name = str(claims.get("given_name") or claims.get("name") or "A colleague")
        skills = frozenset(skill for skill in Skill if skill.value in groups)
        return Person(
            agent_id=AgentId(f"sso:{claims['sub']}"),
            first_name=name.split(maxsplit=1)[0],
            role=Role.SUPERVISOR if is_supervisor else Role.AGENT,
            skills=skills,
        )


def _key(state: str) -> str:
    return f"desk:openid:{state}"


def _challenge(verifier: str) -> str:
    """Return the proof key's challenge (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
