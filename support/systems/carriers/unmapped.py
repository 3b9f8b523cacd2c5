"""A vendor's words for a status that no table of ours has, each logged once by every process."""

import re
from typing import Final

import structlog

from support.ids import CarrierId

_MOST: Final = 500
"""More different words than that are no codes; the rest goes unlogged."""

_CODE: Final = re.compile(r"[A-Za-z_][A-Za-z_ .-]{0,59}\d{0,3}")
"""What is no code, and may be about a person, is not logged as it stands."""

_log = structlog.get_logger(__name__)


class UnmappedCodes:
    """Collects them, so that whoever keeps the tables sees what is missing."""

    def __init__(self) -> None:
        self.seen: set[tuple[CarrierId, str]] = set()

    def note(self, carrier: CarrierId, code: str) -> None:
        """Log a code that was not met before."""
        told = code if _CODE.fullmatch(code) else "no code"
        if (carrier, told) in self.seen or len(self.seen) >= _MOST:
            return
        self.seen.add((carrier, told))
        _log.warning("carrier_code_unmapped", carrier=carrier, code=told)


UNMAPPED: Final = UnmappedCodes()
"""Those of this process."""
