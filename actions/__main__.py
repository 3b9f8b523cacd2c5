"""Serves the actions to Rasa: `python -m actions`."""

import os
import socket
from functools import partial
from typing import Any

import structlog
from prometheus_client import start_http_server
from pydantic import SecretStr
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import HTTPResponse, Request, Sanic, json
from sanic.handlers import ErrorHandler

from actions.desk_api import add_desk
from actions.registry import build_actions
from actions.services import Services, live_services
from actions.settings import ActionsSettings
from support.knowledge.files import KnowledgeInvalid
from support.startup import configure_logging, load_settings, refuse_to_start
from support.state.errors import StateUnavailable
from support.systems.calls import CALLS

log = structlog.get_logger("actions")


def build_app(services: Services, desk_key: SecretStr | None = None) -> Sanic[Any, Any]:
    """Return the action server's app; it closes the services when it stops.

    With `desk_key` it also does what agents ask for at the desk, in calls signed with it.
    """
    executor = ActionExecutor()
    for action in build_actions(services):
        executor.register_action(action)
    app = create_app(executor, cors_origins=[])
    app.error_handler = ErrorHandler()
    app.error_handler.add(Exception, _without_details)
    app.error_handler.add(StateUnavailable, _try_again)
    if desk_key is not None:
        add_desk(app, services, desk_key)
    app.register_listener(partial(_close, services), "before_server_stop")
    return app


async def _close(services: Services, _app: Sanic[Any, Any]) -> None:
    await services.close()


def _without_details(_request: Request, error: Exception) -> HTTPResponse:
    """Replace the toolkit's own answer, which would return the whole request and the error."""
    log.error("action_server_failed", kind=type(error).__name__, exc_info=error)
    return json({"error": "the action could not be run"}, status=500)


def _try_again(_request: Request, _error: Exception) -> HTTPResponse:
    """Tell Rasa that nothing of this turn counts: it comes again when Redis answers."""
    return json({"error": "not now"}, status=503)


def _listen(settings: ActionsSettings) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.actions_host, settings.actions_port))
    except OSError as error:
        reason = f"port {settings.actions_port}: {error.strerror}. Choose another, ACTIONS_PORT."
        refuse_to_start("actions", [reason], os.EX_UNAVAILABLE)
    listener.setblocking(False)  # noqa: FBT003 - the socket API is positional
    return listener


def _serve_metrics(port: int) -> None:
    try:
        start_http_server(port, addr="127.0.0.1", registry=CALLS)
    except OSError as error:
        reason = f"ACTIONS_METRICS_PORT {port} cannot be listened on: {error.strerror}."
        refuse_to_start("actions", [reason], os.EX_UNAVAILABLE)


def main() -> None:
    """Run until stopped."""
    settings = load_settings(ActionsSettings, process="actions")
    configure_logging("actions")
    try:
        services = live_services(settings)
    except KnowledgeInvalid as problem:
        refuse_to_start("actions", [str(problem)], os.EX_CONFIG)
    app = build_app(services, settings.desk_actions_key)
    if settings.actions_metrics_port is not None:
        _serve_metrics(settings.actions_metrics_port)
    app.run(sock=_listen(settings), single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
