"""The gateway as an ASGI app: routes, and one lifespan that opens and closes everything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from gateway import (
    carrier_webhooks,
    conversations_api,
    events_api,
    health_api,
    knowledge_page,
    messages_api,
    ratings_api,
    system_events_api,
    typing_api,
)
from gateway.channels import messenger, sms, webhook, whatsapp
from gateway.desk.page import add_desk
from gateway.insights import api as insights_api
from gateway.middleware import CountErrors, RefuseLargeBodies, SecurityHeaders
from gateway.outside_desk import chatwoot
from gateway.pages import add_pages
from gateway.problems import problem_handlers
from gateway.services import Services

BODY_LIMIT_BYTES = 16 * 1024
CHANNEL_BODY_LIMIT_BYTES = 3 * 1024 * 1024
"""Meta posts up to this much at once: many messages of many people."""
LARGER_BODIES = {
    "/v1/channels/": CHANNEL_BODY_LIMIT_BYTES,
    carrier_webhooks.PREFIX: carrier_webhooks.BODY_LIMIT_BYTES,
    chatwoot.PATH: chatwoot.BODY_LIMIT_BYTES,
}
"""Where bodies may be larger, by the beginning of the path."""
APIS = (
    conversations_api,
    messages_api,
    events_api,
    typing_api,
    ratings_api,
    health_api,
    knowledge_page,
    system_events_api,
    sms,
    whatsapp,
    messenger,
    webhook,
    carrier_webhooks,
    chatwoot,
    insights_api,
)


def create_app(services: Services) -> FastAPI:
    """Return the app; its lifespan runs the doorbell and closes Redis at the end."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        listening = asyncio.create_task(services.doorbell.run())
        try:
            yield
        finally:
            services.doorbell.close()
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
            await app.state.desk.close()
            await services.redis.aclose()

    app = FastAPI(
        title="Order-tracking assistant",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        exception_handlers=problem_handlers(body_limit=BODY_LIMIT_BYTES),
    )
    app.state.services = services
    for api in APIS:
        app.include_router(api.router)
    add_pages(app)
    add_desk(app, services)
    _add_middleware(app, services)
    return app


def _add_middleware(app: FastAPI, services: Services) -> None:
    """Add what wraps every request; the first added is the innermost."""
    settings = services.settings
    app.add_middleware(RefuseLargeBodies, limit=BODY_LIMIT_BYTES, limits=LARGER_BODIES)
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID", "X-Customer-Token"],
        )
    app.add_middleware(SecurityHeaders, connect_to=settings.demo_shop_origin)
    app.add_middleware(CountErrors, errors=services.metrics.errors)
    if settings.forwarded_allow_ips:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.forwarded_allow_ips)
