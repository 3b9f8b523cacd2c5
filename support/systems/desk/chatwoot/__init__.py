"""Chatwoot: an inbox of the kind "API" stands for all our channels. docs/desk-adapters.md."""

from typing import Final

SYSTEM: Final = "chatwoot"
