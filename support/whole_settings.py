"""Settings that mean something together only: half of them is refused, not taken for none."""

from collections.abc import Iterable, Mapping

from pydantic_settings import BaseSettings


def unset(settings: BaseSettings, names: Iterable[str]) -> list[str]:
    """Return the environment variables of those fields that are not set."""
    return [name.upper() for name in names if getattr(settings, name) is None]


def require_beside(settings: BaseSettings, needed: Mapping[str, tuple[str, ...]]) -> None:
    """Raise a ValueError that names what is not set beside a setting that is.

    `needed` says for a field which others it is of no use without.
    """
    for given, others in needed.items():
        missing = unset(settings, others)
        if missing and getattr(settings, given) is not None:
            raise ValueError(f"{' and '.join(missing)} must be set beside {given.upper()}")
