"""Creates local accounts: `python -m gateway.desk.local_accounts kim Kim --role supervisor`.

The password is read from standard input, and kept as a hash only.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from gateway.desk.accounts import Accounts, Person, Role
from gateway.handover import AgentId
from gateway.settings import Settings
from support.handover import Skill
from support.redis_client import connect
from support.startup import load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Create or replace one account; return the exit status."""
    parser = argparse.ArgumentParser(description="Create or replace an account of the desk.")
    parser.add_argument("user_name")
    parser.add_argument("first_name", help="what customers read")
    parser.add_argument("--role", choices=[role.value for role in Role], default=Role.AGENT.value)
    parser.add_argument("--skill", action="append", default=[], choices=[*Skill])
    parser.add_argument("--capacity", type=int, default=3)
    given = parser.parse_args(arguments)
    person = Person(
        agent_id=AgentId(given.user_name.strip().lower()),
        first_name=given.first_name,
        role=Role(given.role),
        skills=frozenset(given.skill),
        capacity=given.capacity,
    )
    settings = load_settings(Settings, process="desk")
    try:
        asyncio.run(_keep(settings, person, sys.stdin.readline().rstrip("\n")))
    except ValueError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


async def _keep(settings: Settings, person: Person, password: str) -> None:
    async with connect(settings.redis_url) as redis:
        await Accounts(redis).keep(person, password)


if __name__ == "__main__":
    sys.exit(main())
