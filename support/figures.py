"""Serves a process's figures to Prometheus, on a port of their own."""

import os

from prometheus_client import CollectorRegistry, start_http_server

from support.startup import refuse_to_start

LOOPBACK = "127.0.0.1"


def serve_figures(port: int, registry: CollectorRegistry, *, process: str, setting: str) -> None:
    """Serve the figures on the loopback alone; a port that is taken refuses to start.

    What customers reach is another port, so no proxy has to keep the figures inside.
    """
    try:
        start_http_server(port, addr=LOOPBACK, registry=registry)
    except OSError as error:
        reason = f"{setting} {port} cannot be listened on: {error.strerror}."
        refuse_to_start(process, [reason], os.EX_UNAVAILABLE)
