"""An action server that answers both contestants alike: `python -m benchmarks.action_server PORT`.

It is the product's: rasa-sdk on Sanic, the same protocol, events and response keys. Only its
answers are fixed. So outside systems are excluded, and the work of a turn does not depend on which
identifiers a contestant's pipeline has found. `GET /calls` says how often an action was called.
"""

import sys
from typing import Any

import yaml
from rasa_sdk.endpoint import create_app
from rasa_sdk.events import EventType
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict
from sanic import HTTPResponse, Request, Sanic, json

from actions.reply import Reply
from benchmarks.order_answer import ASK, ORDER_NUMBER, TAKE, TELL
from benchmarks.processes import ROOT


class FixedAction(Action):
    """Answers a message that names the order with one reply, any other with another."""

    calls = 0

    def __init__(self, name: str, *, with_number: Reply, without_number: Reply) -> None:
        self._name = name
        self._with_number = with_number
        self._without_number = without_number

    def name(self) -> str:
        """Return the name under which the domain lists this action."""
        return self._name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Answer without looking anything up."""
        del domain
        FixedAction.calls += 1
        named = ORDER_NUMBER in (tracker.latest_message.get("text") or "")
        reply = self._with_number if named else self._without_number
        for say in reply.says:
            say.utter(dispatcher)
        return reply.events()


def build_app() -> Sanic[Any, Any]:
    """Return the action server's app."""
    executor = ActionExecutor()
    for name in _names_in_domain():
        executor.register_action(_action(name))
    app = create_app(executor, cors_origins=[])
    app.add_route(_calls, "/calls")
    return app


def _action(name: str) -> FixedAction:
    """Return an action that tells about the order, or takes the answer to a question."""
    if name.startswith("validate_"):
        return FixedAction(name, with_number=TAKE, without_number=Reply())
    return FixedAction(name, with_number=TELL, without_number=ASK)


def _names_in_domain() -> list[str]:
    """Return every action, since the contestants may understand the same message differently."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return list(domain["actions"])


async def _calls(_request: Request) -> HTTPResponse:
    return json({"calls": FixedAction.calls})


def main() -> None:
    """Serve on the loopback interface until stopped."""
    port = int(sys.argv[1])
    build_app().run(host="127.0.0.1", port=port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
