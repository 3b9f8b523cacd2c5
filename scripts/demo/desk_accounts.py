"""The demo's accounts at the desk: passwords made once per checkout, and printed at the start."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.demo.keys import load_keys
from scripts.demo.processes import PYTHON, ROOT


@dataclass(frozen=True)
class DemoAccount:
    """Somebody at the demo's desk; `secret` names their password among the demo's secrets."""

    user_name: str
    first_name: str
    role: str
    secret: str
    skills: tuple[str, ...] = ()


ACCOUNTS: Final = (
    DemoAccount("kim", "Kim", "agent", "DESK_PASSWORD_KIM"),
    DemoAccount("lee", "Lee", "agent", "DESK_PASSWORD_LEE", ("marketplace",)),
    DemoAccount("sam", "Sam", "supervisor", "DESK_PASSWORD_SAM"),
)


def create_accounts(home: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Create the accounts with the gateway's settings; return the passwords by user name."""
    keys = load_keys(home / "secrets.env")
    passwords = {one.user_name: keys[one.secret][:20] for one in ACCOUNTS}
    for one in ACCOUNTS:
        skills = [word for skill in one.skills for word in ("--skill", skill)]
        command = [PYTHON, "-m", "gateway.desk.local_accounts", one.user_name, one.first_name]
        subprocess.run(  # noqa: S603 - our own program
            [*command, "--role", one.role, *skills],
            input=passwords[one.user_name] + "\n",
            env=dict(settings),
            cwd=ROOT,
            text=True,
            check=True,
        )
    return passwords
