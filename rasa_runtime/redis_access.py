"""What the tracker store and the lock store share about Redis."""

from importlib import resources
from typing import Final

from rasa_runtime.settings import SettingsError
from support.redis_client import Patience

PATIENCE: Final = Patience(connect_seconds=2.0, answer_seconds=2.0, repeats=1)
"""Within the ten seconds that a turn has; who sent a turn that failed sends it again."""


def key_prefix_of(configured: str | None) -> str:
    """Return what stands before a store's keys; raise SettingsError where Rasa would only warn."""
    if not configured:
        return ""
    if not configured.isalnum():
        raise SettingsError("key_prefix in endpoints.yml may hold letters and digits only.")
    return f"{configured}:"


def script(name: str) -> str:
    """Return the source of the Lua script of this name, each of which is one step in Redis."""
    return resources.files(__package__).joinpath(f"{name}.lua").read_text(encoding="utf-8")
