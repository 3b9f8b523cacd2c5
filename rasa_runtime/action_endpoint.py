"""How the Rasa process calls the action server.

Compared with Rasa's own EndpointConfig: one session is kept open instead of one per call, a call
takes 8 seconds at most instead of 300, the payload holds the present turn instead of the whole
conversation and what is left of the turn's time, and a failed call aborts the turn instead of
being recorded as a success.
"""

from math import inf
from typing import Any

import aiohttp
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from ujson import dumps

from rasa_runtime.errors import ActionFailed, ActionServerUnavailable
from support.systems.deadline import SECONDS_LEFT, seconds_left

TIME_LIMIT_SECONDS = 8.0
REJECTED = 400
"""With this status an action declines to run, and Rasa predicts another one."""
UNREACHABLE = frozenset({429, 502, 503, 504})
"""Statuses of a server, or of a proxy before it, that cannot answer now."""


class ActionEndpoint(EndpointConfig):
    """The action server. Must be closed."""

    def __init__(
        self, url: str, *, domain: Domain, time_limit_seconds: float = TIME_LIMIT_SECONDS
    ) -> None:
        # The domain is large and the same every time; `request` adds the part that is needed.
        super().__init__(url, enable_selective_domain=True)
        self._timeout = aiohttp.ClientTimeout(total=time_limit_seconds)
        self._session: aiohttp.ClientSession | None = None
        self._form_domain = _form_domain(domain)

    def session(self) -> aiohttp.ClientSession:
        """Return the one session, opened at first use since it belongs to the running loop."""
        if self._session is None or self._session.closed:
            # ujson, which Sanic brings along, takes a third of the time of the standard library's.
            self._session = aiohttp.ClientSession(timeout=self._timeout, json_serialize=dumps)
        return self._session

    async def close(self) -> None:
        """Close the session, if one was opened."""
        if self._session is not None:
            await self._session.close()

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> dict[str, Any]:
        """Run an action and return its events and responses.

        Raises ActionServerUnavailable, ActionFailed, or ClientResponseError for a rejection.
        """
        try:
            async with self.session().post(self.url, json=self._payload(json)) as response:
                return await self._result(response)
        except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError) as error:
            raise ActionServerUnavailable(f"{json['next_action']}: {error!r}") from error

    async def _result(self, response: aiohttp.ClientResponse) -> dict[str, Any]:
        if response.status == REJECTED:
            raise ClientResponseError(response.status, response.reason, await response.text())
        if response.status in UNREACHABLE:
            raise ActionServerUnavailable(f"The action server answered {response.status}.")
        try:
            result = await response.json()
        except (aiohttp.ContentTypeError, ValueError) as error:
            raise ActionFailed("The action server answered no JSON.") from error
        if not response.ok or not isinstance(result, dict):
            raise ActionFailed(f"The action server answered {response.status}.")
        return result

    def _payload(self, call: dict[str, Any]) -> dict[str, Any]:
        """Return the call with the events of this turn only, and the domain where forms need it.

        The customer's message before is the one event more: actions want to know which it was.
        """
        tracker = {
            **call["tracker"],
            "events": _of_this_turn(call["tracker"]["events"]),
            **_latest_message(call["tracker"]),
        }
        domain = call.get("domain") or self._domain_for(call["next_action"])
        return {**call, "tracker": tracker, "domain": domain}

    def _domain_for(self, action: str) -> dict[str, Any]:
        """Return what rasa-sdk's form and slot validation looks up."""
        validates = action.startswith("validate_") or action == "action_validate_slot_mappings"
        return self._form_domain if validates else {}


def _latest_message(tracker: dict[str, Any]) -> dict[str, Any]:
    """Return the customer's message with the time that is left of the turn."""
    left, message = seconds_left(), tracker.get("latest_message")
    if not message or left == inf:
        return {}
    metadata = {**(message.get("metadata") or {}), SECONDS_LEFT: round(left, 2)}
    return {"latest_message": {**message, "metadata": metadata}}


def _of_this_turn(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    messages = [index for index, event in enumerate(events) if _is_message(event)]
    if not messages:
        return events
    before = [events[index] for index in messages[-2:-1]]
    return [*before, *events[messages[-1] :]]


def _is_message(event: dict[str, Any]) -> bool:
    return bool(event["event"] == UserUttered.type_name)


def _form_domain(domain: Domain) -> dict[str, Any]:
    whole = domain.as_dict()
    return {part: whole.get(part, {}) for part in ("slots", "forms")}
