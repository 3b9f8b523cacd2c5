"""Who may sign in: local accounts with hashed passwords, kept in Redis."""

import asyncio
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import BaseModel, ConfigDict, Field
from redis.asyncio import Redis

from gateway.handover import Agent, AgentId
from support.handover import Skill

ACCOUNTS: Final = "desk:accounts"
"""Hash: user name -> the account with its password's hash."""

LEAST_PASSWORD: Final = 12

_HASHER: Final = PasswordHasher()
_NOBODYS_HASH: Final = _HASHER.hash("nobody has this password")
"""Compared with where there is no such account, which then takes as long to refuse."""


class Role(StrEnum):
    """What somebody may do. Supervisors may do all that agents may."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"


class Person(BaseModel):
    """Somebody who works at the desk. Customers read the first name."""

    model_config = ConfigDict(frozen=True)

    agent_id: AgentId
    first_name: str
    role: Role = Role.AGENT
    skills: frozenset[Skill] = frozenset()
    capacity: int = Field(default=3, ge=1, le=5)

    @property
    def agent(self) -> Agent:
        """The same person as the handover knows them."""
        return Agent(
            agent_id=self.agent_id,
            first_name=self.first_name,
            skills=self.skills,
            capacity=self.capacity,
        )


class _Account(BaseModel):
    person: Person
    password_hash: str


class Accounts:
    """Keeps accounts. Every method may raise RedisError."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def keep(self, person: Person, password: str) -> None:
        """Create or replace an account; raises ValueError for a password that is too short."""
        if len(password) < LEAST_PASSWORD:
            raise ValueError(f"A password needs at least {LEAST_PASSWORD} characters.")
        hashed = await asyncio.to_thread(_HASHER.hash, password)
        account = _Account(person=person, password_hash=hashed)
        await self._redis.hset(ACCOUNTS, person.agent_id, account.model_dump_json())

    async def sign_in(self, user_name: str, password: str) -> Person | None:
        """Return who this is; None where name or password is wrong, after the same time."""
        stored = await self._redis.hget(ACCOUNTS, user_name.strip().lower())
        account = _Account.model_validate_json(stored) if stored is not None else None
        expected = account.password_hash if account else _NOBODYS_HASH
        right = await asyncio.to_thread(_is_right, expected, password)
        return account.person if account is not None and right else None

    async def people(self) -> Sequence[Person]:
        """Return everybody with an account, by user name."""
        stored = await self._redis.hvals(ACCOUNTS)
        people = [_Account.model_validate_json(one).person for one in stored]
        return sorted(people, key=lambda person: person.agent_id)


def _is_right(expected: str, password: str) -> bool:
    try:
        return _HASHER.verify(expected, password)
    except (VerificationError, InvalidHashError):
        return False
