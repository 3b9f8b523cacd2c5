"""Which ports the processes listen on.

    python3 -m scripts.demo.ports

says in one line which of the demo's public ports is taken, before anything is installed.
"""

import os
import socket
import sys

LOOPBACK = "127.0.0.1"
PUBLIC_PORTS = {"GATEWAY_PORT": 8000, "SANDBOX_PORT": 8800}
HIGHEST_PORT = 65535


class PortUnusable(Exception):
    """A port that was asked for cannot be listened on; the message says which and why."""


def public_ports() -> tuple[int, int]:
    """Return the gateway's and the sandbox's port; raise `PortUnusable` if one cannot be."""
    gateway, sandbox = (_public_port(variable) for variable in PUBLIC_PORTS)
    if gateway == sandbox:
        raise PortUnusable("GATEWAY_PORT and SANDBOX_PORT must differ.")
    return gateway, sandbox


def is_free(port: int) -> bool:
    """Tell whether nothing listens on this port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port that nothing listens on at this moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Check the demo's public ports."""
    try:
        public_ports()
    except PortUnusable as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _public_port(variable: str) -> int:
    text = os.environ.get(variable) or str(PUBLIC_PORTS[variable])
    if not text.isdigit() or not 0 < int(text) <= HIGHEST_PORT:
        raise PortUnusable(f"{variable}={text} is not a port: give a number from 1 to 65535.")
    port = int(text)
    if not is_free(port):
        raise PortUnusable(
            f"Port {port} is taken: stop what listens there, or choose another, "
            f"for example {variable}={free_port()} make demo"
        )
    return port


if __name__ == "__main__":
    sys.exit(main())
