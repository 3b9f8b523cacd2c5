"""A small Zendesk: tickets, checked and answered as its documentation says.

Source: developer.zendesk.com, Tickets, Idempotency, Security and authentication.
"""

import base64
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import httpx

EMAIL: Final = "assistant@kmart.test"
TOKEN: Final = "zendesk-token"
PRIORITIES: Final = {"urgent", "high", "normal", "low"}
STATUSES: Final = {"new", "open", "pending", "hold", "solved", "closed"}
FIELDS: Final = {
    "kind": 11,
    "parcel_id": 12,
    "line_ids": 13,
    "state": 14,
    "next_by": 15,
    "outcome": 16,
}
_LONGEST_KEY: Final = 255
Json = dict[str, Any]


@dataclass
class Zendesk:
    """One account. Its `transport` is what a client is given."""

    tickets: list[Json] = field(default_factory=list)
    keys: dict[str, tuple[bytes, Json]] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    with_metrics: bool = True

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        expected = base64.b64encode(f"{EMAIL}/token:{TOKEN}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {expected}":
            return httpx.Response(401, json={"error": "Couldn't authenticate you"})
        path = request.url.path
        if request.method == "POST" and path == "/api/v2/tickets.json":
            return self._create(request)
        if request.method == "GET" and path == "/api/v2/tickets.json":
            return self._list(request.url.params)
        if request.method == "GET" and (one := re.fullmatch(r"/api/v2/tickets/(\d+)\.json", path)):
            return self._show(int(one[1]))
        return httpx.Response(404, json={"error": "InvalidEndpoint", "description": "Not found"})

    def change(self, number: int, own: dict[str, str] | None = None, **changes: Any) -> None:
        """Change a ticket as an agent does."""
        ticket = self.tickets[number - 1]
        assert changes.get("status", "open") in STATUSES
        ticket |= changes | {"updated_at": _now()}
        ticket["metric_set"]["status_updated_at"] = _now()
        for name, value in (own or {}).items():
            place = next(one for one in ticket["custom_fields"] if one["id"] == FIELDS[name])
            place["value"] = value

    def _create(self, request: httpx.Request) -> httpx.Response:
        key = request.headers.get("idempotency-key", "")
        if len(key) > _LONGEST_KEY:
            return _invalid("Idempotency-Key", "is too long")
        if key in self.keys:
            body, ticket = self.keys[key]
            if body != request.content:
                return _mismatch()
            return _created(ticket, lookup="hit")
        draft = json.loads(request.content).get("ticket")
        if not isinstance(draft, dict):
            return httpx.Response(400, json={"error": {"title": "Invalid attribute"}})
        wrong = _wrong_with(draft)
        if wrong:
            return _invalid(*wrong)
        ticket = self._kept(draft)
        if key:
            self.keys[key] = request.content, ticket
        return _created(ticket, lookup="miss")

    def _kept(self, draft: Json) -> Json:
        number = len(self.tickets) + 1
        given = {one["id"]: one["value"] for one in draft.get("custom_fields", ())}
        ticket = {
            "url": f"https://kmart.zendesk.test/api/v2/tickets/{number}.json",
            "id": number,
            "external_id": draft.get("external_id"),
            "via": {"channel": "api", "source": {"from": {}, "to": {}, "rel": None}},
            "created_at": _now(),
            "updated_at": _now(),
            "type": draft.get("type"),
            "subject": draft.get("subject"),
            "raw_subject": draft.get("subject"),
            "description": draft["comment"]["body"],
            "priority": draft.get("priority"),
            "status": "new",
            "requester_id": 1,
            "assignee_id": None,
            "due_at": None,
            "tags": sorted(tag.lower() for tag in draft.get("tags", ())),
            "custom_fields": [{"id": one, "value": given.get(one)} for one in FIELDS.values()],
            "satisfaction_rating": {"score": "unoffered"},
            "metric_set": {"ticket_id": number, "solved_at": None, "status_updated_at": _now()},
        }
        self.tickets.append(ticket)
        return ticket

    def _list(self, params: httpx.QueryParams) -> httpx.Response:
        wanted = params.get("external_id")
        own = [self._told(one) for one in self.tickets if wanted in (None, one["external_id"])]
        return httpx.Response(
            200, json={"tickets": own, "next_page": None, "previous_page": None, "count": len(own)}
        )

    def _show(self, number: int) -> httpx.Response:
        if not 0 < number <= len(self.tickets):
            problem = {"error": "RecordNotFound", "description": "Not found"}
            return httpx.Response(404, json=problem)
        return httpx.Response(200, json={"ticket": self._told(self.tickets[number - 1])})

    def _told(self, ticket: Json) -> Json:
        if self.with_metrics:
            return ticket
        return {name: value for name, value in ticket.items() if name != "metric_set"}


def _wrong_with(draft: Json) -> tuple[str, str] | None:
    body = (draft.get("comment") or {}).get("body")
    if not isinstance(body, str) or not body.strip():
        return "description", "cannot be blank"
    if draft.get("priority") not in {None, *PRIORITIES}:
        return "priority", "is not included in the list"
    if not isinstance(draft.get("external_id"), str | None):
        return "external_id", "is invalid"
    if any(not re.fullmatch(r"[\w/:.-]+", tag) for tag in draft.get("tags", ())):
        return "tags", "contain special characters"
    if any(not {"id", "value"} <= set(one) for one in draft.get("custom_fields", ())):
        return "custom_fields", "are invalid"
    return None


def _created(ticket: Json, *, lookup: str) -> httpx.Response:
    shown = {name: value for name, value in ticket.items() if name != "metric_set"}
    answer = {"ticket": shown, "audit": {"id": 1, "ticket_id": ticket["id"], "events": []}}
    return httpx.Response(201, json=answer, headers={"x-idempotency-lookup": lookup})


def _invalid(name: str, problem: str) -> httpx.Response:
    details = {name: [{"description": f"{name}: {problem}", "error": "InvalidValue"}]}
    body = {"error": "RecordInvalid", "description": "Record validation errors", "details": details}
    return httpx.Response(422, json=body)


def _mismatch() -> httpx.Response:
    described = "Request parameters don't match the given idempotency key"
    return httpx.Response(400, json={"error": "IdempotentRequestError", "description": described})


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
