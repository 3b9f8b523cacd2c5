"""Settings that mean something together only: half of them is refused, not taken for none."""

from collections.abc import Mapping

from pydantic_settings import BaseSettings


def require_beside(settings: BaseSettings, needed: Mapping[str, tuple[str, ...]]) -> None:
    """Raise a ValueError that names what is not set beside a setting that is.

    `needed` says for a field which others it is of no use without.
    """
    for given, others in needed.items():
        missing = [other.upper() for other in others if getattr(settings, other) is None]
        if missing and getattr(settings, given) is not None:
            raise ValueError(f"{' and '.join(missing)} must be set beside {given.upper()}")
