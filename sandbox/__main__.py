"""Runs the sandbox: `python -m sandbox`."""

import errno
import os
import socket
from contextlib import suppress

import structlog
import uvicorn

from sandbox.app import create_app
from sandbox.hang_up import HangUpProtocol
from sandbox.settings import Settings
from support.startup import configure_logging, load_settings, refuse_to_start


def main() -> None:
    """Serve until SIGTERM or SIGINT; refuse to start outside loopback or on a taken port."""
    settings = load_settings(Settings, process="sandbox")
    configure_logging("sandbox")
    listener = _listen(settings)
    config = uvicorn.Config(
        create_app(settings), http=HangUpProtocol, log_config=None, access_log=False
    )
    structlog.get_logger("sandbox").info("sandbox_started", port=listener.getsockname()[1])
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _listen(settings: Settings) -> socket.socket:
    host, port = settings.sandbox_host, settings.sandbox_port
    try:
        return socket.create_server((host, port), family=_family(host))
    except OSError as error:
        reason = (
            f"port {port} on {host} is already in use. Choose another with SANDBOX_PORT."
            if error.errno == errno.EADDRINUSE
            else f"{host}:{port} cannot be listened on: {error.strerror}."
        )
        refuse_to_start("sandbox", [reason], os.EX_UNAVAILABLE)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


if __name__ == "__main__":
    main()
