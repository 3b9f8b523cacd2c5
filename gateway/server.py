"""uvicorn, so that open event streams end when the process is told to stop."""

import socket

import structlog
import uvicorn
from fastapi import FastAPI

from gateway.services import Services

log = structlog.get_logger("gateway.server")

STOP_SECONDS = 10


class GatewayServer(uvicorn.Server):
    """Serves the app; a stop closes the streams first, which otherwise would never end."""

    def __init__(self, app: FastAPI, services: Services) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )
        self._doorbell = services.doorbell

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the streams end, then the connections, then the app."""
        self._doorbell.close()
        await super().shutdown(sockets)
        log.info("gateway_stopped")


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a listening socket; raises OSError when the port is taken. Port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)
