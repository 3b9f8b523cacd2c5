"""The sandbox: every system outside, the carriers and the web shop, and how to change them."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import httpx
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware

from sandbox.aftership import aftership_routes
from sandbox.australia_post import australia_post_routes
from sandbox.case_system import case_system_routes
from sandbox.control import control_routes
from sandbox.control_of_apps import app_control_routes
from sandbox.control_of_cases import case_control_routes
from sandbox.control_of_texts import text_control_routes
from sandbox.customers import customer_routes
from sandbox.events import Events
from sandbox.marketplace import marketplace_routes
from sandbox.meta import MetaWebhooks, meta_routes
from sandbox.notifications import notification_routes
from sandbox.order_system import order_system_routes
from sandbox.settings import Settings
from sandbox.twilio import twilio_routes
from sandbox.twilio_webhooks import TwilioWebhooks
from sandbox.world import World
from support.times import utc_now

_LOOPBACK_ORIGIN: Final = r"https?://(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?"
# A name of somebody else's that resolves to this machine must not reach the control API.
_LOOPBACK_HOSTS: Final = ["localhost", "127.0.0.1", "[::1]"]


def create_app(
    settings: Settings,
    now: Callable[[], datetime] = utc_now,
    transport: httpx.AsyncBaseTransport | None = None,
) -> FastAPI:
    """Return the sandbox with its shipped data. `transport` is how it reaches us, for tests."""
    app = FastAPI(title="Sandbox", description=__doc__)
    app.add_middleware(
        CORSMiddleware,
        allow_origin_regex=_LOOPBACK_ORIGIN,
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["Content-Type", "X-Status"],
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_LOOPBACK_HOSTS)
    world = World(now())
    events = Events(
        str(settings.system_events_to) if settings.system_events_to else None,
        settings.order_events_key,
        settings.case_events_key,
    )
    app.include_router(order_system_routes(world, settings.order_system_key))
    app.include_router(australia_post_routes(world))
    app.include_router(aftership_routes(world))
    app.include_router(case_system_routes(world, settings.case_system_key, now))
    app.include_router(marketplace_routes(world, settings.marketplace_key, now))
    app.include_router(notification_routes(world, settings.notifications_key, now))
    app.include_router(customer_routes(world, settings.customer_token_key, now))
    app.include_router(control_routes(world, now, events))
    app.include_router(case_control_routes(world, now, events))
    webhooks = _twilio_webhooks(settings, transport)
    app.include_router(text_control_routes(world, webhooks))
    if webhooks is not None:
        app.include_router(twilio_routes(world, settings, webhooks, now))
    meta = _meta_webhooks(settings, now, transport)
    app.include_router(app_control_routes(world, meta))
    if meta is not None and settings.whatsapp_token is not None:
        app.include_router(meta_routes(world, settings.whatsapp_token, meta, now))
    return app


def _meta_webhooks(
    settings: Settings, now: Callable[[], datetime], transport: httpx.AsyncBaseTransport | None
) -> MetaWebhooks | None:
    if settings.whatsapp_app_secret is None:
        return None
    return MetaWebhooks(
        settings.whatsapp_app_secret, str(settings.sandbox_meta_webhooks), now, transport
    )


def _twilio_webhooks(
    settings: Settings, transport: httpx.AsyncBaseTransport | None
) -> TwilioWebhooks | None:
    if settings.twilio_account_sid is None or settings.twilio_auth_token is None:
        return None
    return TwilioWebhooks(
        account=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token,
        inbound_url=str(settings.sandbox_sms_webhook),
        transport=transport,
    )
