"""Runs the gateway: `python -m gateway`."""

import errno
import os
import socket
from contextlib import suppress

import structlog
import uvloop

from gateway.app import create_app
from gateway.server import GatewayServer, listening_socket
from gateway.services import live_services
from gateway.settings import Settings
from support.figures import serve_figures
from support.knowledge.files import KnowledgeInvalid
from support.startup import configure_logging, load_settings, refuse_to_start, require_redis


def main() -> None:
    """Serve until SIGTERM or SIGINT; refuse to start on bad settings, Redis or port."""
    settings = load_settings(Settings, process="gateway")
    configure_logging("gateway")
    listener = _listen(settings)
    with suppress(KeyboardInterrupt):
        uvloop.run(_serve(settings, listener))


def _listen(settings: Settings) -> socket.socket:
    host, port = settings.gateway_host, settings.gateway_port
    try:
        return listening_socket(host, port)
    except OSError as error:
        reason = (
            f"port {port} on {host} is already in use. Choose another with GATEWAY_PORT."
            if error.errno == errno.EADDRINUSE
            else f"{host}:{port} cannot be listened on: {error.strerror}."
        )
        refuse_to_start("gateway", [reason], os.EX_UNAVAILABLE)


async def _serve(settings: Settings, listener: socket.socket) -> None:
    await require_redis(settings.redis_url, process="gateway")
    try:
        services = live_services(settings)
    except KnowledgeInvalid as problem:
        refuse_to_start("gateway", [str(problem)], os.EX_CONFIG)
    if settings.gateway_metrics_port is not None:
        serve_figures(
            settings.gateway_metrics_port,
            services.metrics.registry,
            process="gateway",
            setting="GATEWAY_METRICS_PORT",
        )
    log = structlog.get_logger("gateway")
    host, port = listener.getsockname()[:2]
    log.info("gateway_started", host=host, port=port)
    await GatewayServer(create_app(services), services).serve(sockets=[listener])


if __name__ == "__main__":
    main()
