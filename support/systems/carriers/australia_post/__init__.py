"""Australia Post and StarTrack, behind one endpoint."""

import hashlib

import httpx

from support.systems.carriers.australia_post.adapter import AustraliaPostTracking
from support.systems.carriers.connection import Connection
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK
from support.systems.settings import SystemsSettings


def connect(settings: SystemsSettings, client: httpx.AsyncClient) -> Connection:
    """Return the endpoint with its two carriers."""
    key = settings.australia_post_key.get_secret_value()
    adapter = AustraliaPostTracking(
        client=client,
        url=str(settings.australia_post_url),
        account=settings.australia_post_account,
        key=key,
        password=settings.australia_post_password.get_secret_value(),
    )
    return Connection(
        adapter,
        account=hashlib.sha256(key.encode()).hexdigest()[:12],
        calls=settings.australia_post_calls_per_minute,
        carriers=(AUSTRALIA_POST, STARTRACK),
    )
