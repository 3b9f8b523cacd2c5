"""Published delivery and collection times for tests: those of Kmart's pages."""

from datetime import time
from types import MappingProxyType

from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.knowledge.models import ClockTime
from tests.knowledge import Value, business_days, library

TIMES = MappingProxyType[KnowledgeKey, Value](
    {
        KnowledgeKey.STANDARD_METRO: business_days(3, 5),
        KnowledgeKey.STANDARD_REGIONAL: business_days(7, 10),
        KnowledgeKey.STANDARD_REMOTE: business_days(14, 20),
        KnowledgeKey.PROCESSING: business_days(0, 4),
        KnowledgeKey.COLLECT_CUT_OFF: ClockTime(at=time(12)),
        KnowledgeKey.COLLECT_READY_FROM: ClockTime(at=time(16)),
    }
)


def published_times(*unknown: KnowledgeKey) -> Library:
    """Return a library that knows these times, but for those named."""
    return library({key: value for key, value in TIMES.items() if key not in unknown})
