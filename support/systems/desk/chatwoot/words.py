"""Chatwoot's words and ours."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from support.systems.desk.models import Standing

STATUSES: Final[Mapping[Standing, str]] = MappingProxyType(
    {Standing.OPEN: "open", Standing.WITH_ASSISTANT: "pending", Standing.ENDED: "resolved"}
)
"""Chatwoot's fourth, `snoozed`, is between the desk's people and says nothing to us."""

STANDINGS: Final[Mapping[str, Standing]] = MappingProxyType(
    {status: standing for standing, status in STATUSES.items()}
)

OUR_KEY: Final = "assistant_conversation"
"""The attribute of a Chatwoot conversation that holds our own id of it."""
