"""A small Marketplace on Mirakl: orders, shipments and threads, in Mirakl's published shapes."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any, Final
from uuid import uuid4

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from tests.contract.project_files import ROOT

PUBLISHED: Final = ROOT.parent / "shared" / "mirakl"
KEY: Final = "front-key"
SHOP: Final = {"display_name": "Toy Haven", "id": "2000", "type": "SHOP"}
CUSTOMER: Final = {"display_name": "Sam", "id": "c-1001", "type": "CUSTOMER"}
OPERATOR: Final = {"display_name": "Kmart Marketplace", "type": "OPERATOR"}
Json = dict[str, Any]


def published(name: str) -> Json:
    """Return one of the bodies that Mirakl has published."""
    return dict(json.loads((PUBLISHED / f"{name}.json").read_text(encoding="utf-8")))


def mirakl_order(number: str, shop: int = 2000, **different: Any) -> Json:
    """Return Mirakl's own example of an order, as this shop's part of a customer's order."""
    order = published("front.OR11.200")["orders"][0]
    order |= {
        "commercial_id": number,
        "order_id": f"{number}-A" if shop == 2000 else f"{number}-B",
        "shop_id": shop,
        "shop_name": "Toy Haven" if shop == 2000 else "Bright Lights",
        "order_state": "SHIPPING",
    }
    for line in order["order_lines"]:
        line["order_line_state"] = "SHIPPING"
    return order | different


@dataclass
class Mirakl:
    """One Marketplace's instance."""

    orders: list[Json] = field(default_factory=list)
    shipments: list[Json] = field(default_factory=list)
    threads: list[Json] = field(default_factory=list)
    operator_may_join: bool = True
    lose_answers: int = 0
    incidents: list[tuple[str, str, str]] = field(default_factory=list)
    incident_status: int = 204

    def app(self) -> FastAPI:  # noqa: C901 - a route for each operation
        """Return its front APIs."""
        app = FastAPI()

        @app.middleware("http")
        async def check_key(request: Request, answer: Any) -> Any:
            if request.headers.get("authorization") != f"Bearer {KEY}":
                return JSONResponse({"message": "Unauthorized", "status": 401}, status_code=401)
            return await answer(request)

        @app.get("/api/orders")
        async def or11(commercial_ids: str = "", order_ids: str = "") -> Json:
            wanted = {*commercial_ids.split(","), *order_ids.split(",")}
            found = [one for one in self.orders if wanted & {one["commercial_id"], one["order_id"]}]
            return {"orders": found, "total_count": len(found)}

        @app.get("/api/shipments")
        async def st11(request: Request) -> Json:
            wanted = request.query_params.getlist("order_id")
            return {"data": [one for one in self.shipments if one["order_id"] in wanted]}

        @app.get("/api/inbox/threads")
        async def m11(entity_type: str, entity_id: str, *, with_messages: bool = False) -> Json:
            assert (entity_type, with_messages) == ("MMP_ORDER", True)
            wanted = entity_id.split(",")
            return {"data": [one for one in self.threads if one["entities"][0]["id"] in wanted]}

        @app.get("/api/inbox/threads/{thread_id}")
        async def m10(thread_id: str) -> Any:
            found = [one for one in self.threads if one["id"] == thread_id]
            return found[0] if found else JSONResponse({"status": 404}, status_code=404)

        @app.post("/api/orders/{order_id}/threads", status_code=201)
        async def or43(request: Request, order_id: str) -> Any:
            draft = await _part(request, "thread_input")
            thread = self._opened(order_id, draft)
            if self.lose_answers:
                self.lose_answers -= 1
                return JSONResponse({"status": 502}, status_code=502)
            return {"thread_id": thread["id"], "message_id": thread["messages"][0]["id"]}

        @app.post("/api/inbox/threads/{thread_id}/message", status_code=201)
        async def m12(request: Request, thread_id: str) -> Any:
            draft = await _part(request, "message_input")
            types = {to["type"] for to in draft["to"]}
            self.write(thread_id, "CUSTOMER_USER", draft["body"], to=types)
            thread = next(one for one in self.threads if one["id"] == thread_id)
            return {"thread_id": thread_id, "message_id": thread["messages"][-1]["id"]}

        @app.put("/api/orders/{order_id}/lines/{line}/open_incident")
        async def or62(request: Request, order_id: str, line: str) -> Response:
            return self._incident(order_id, line, (await request.json()).get("reason_code"))

        return app

    def write(self, thread_id: str, sender: str, body: str, *, to: set[str] | None = None) -> None:
        """Write into a thread as a person does."""
        thread = next(one for one in self.threads if one["id"] == thread_id)
        thread["messages"].append(_message(sender, body, to or {"CUSTOMER"}))
        last = thread["messages"][-1]
        waits = last["date_created"] if sender == "CUSTOMER_USER" else None
        thread["date_updated"] = last["date_created"]
        thread["metadata"] = {
            "last_message_date": last["date_created"],
            "last_sender": last["from"],
            "shop_reply_needed_since": waits,
            "total_count": len(thread["messages"]),
        }

    def close(self, thread_id: str) -> None:
        """Say that a thread needs no more answers."""
        thread = next(one for one in self.threads if one["id"] == thread_id)
        thread["no_store_reply_needed"].append({"date": _now(), "user_type": "OPERATOR"})

    def _incident(self, order_id: str, line_id: str, code: str | None) -> Response:
        found = next(
            (
                line
                for order in self.orders
                for line in order["order_lines"]
                if (order["order_id"], line["order_line_id"]) == (order_id, line_id)
            ),
            None,
        )
        if not code or found is None or not found["can_open_incident"]:
            return Response(status_code=400)
        if self.incident_status in {204, 500}:
            found |= {"order_line_state": "INCIDENT_OPEN", "can_open_incident": False}
            self.incidents.append((order_id, line_id, code))
        return Response(status_code=self.incident_status)

    def _opened(self, order_id: str, draft: Json) -> Json:
        assert any(order["order_id"] == order_id for order in self.orders)
        authorized = [SHOP, CUSTOMER, *([OPERATOR] if self.operator_may_join else [])]
        thread = {
            "id": str(uuid4()),
            "authorized_participants": authorized,
            "current_participants": [SHOP, CUSTOMER],
            "date_created": _now(),
            "date_updated": _now(),
            "entities": [{"type": "MMP_ORDER", "id": order_id, "label": order_id}],
            "messages": [],
            "no_store_reply_needed": [],
            "topic": draft["topic"],
        }
        self.threads.append(thread)
        self.write(str(thread["id"]), "CUSTOMER_USER", draft["body"], to=set(draft["to"]))
        return thread


async def _part(request: Request, name: str) -> Json:
    """Return the JSON part of a form."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    parts = message_from_bytes(head + await request.body()).get_payload()
    assert isinstance(parts, list)
    (part,) = parts
    assert part.get_param("name", header="content-disposition") == name
    assert part.get_content_type() == "application/json"
    return dict(json.loads(part.get_payload(decode=True)))


def _message(sender: str, body: str, to: set[str]) -> Json:
    recipients = {"SHOP": SHOP, "CUSTOMER": CUSTOMER, "OPERATOR": OPERATOR}
    return {
        "id": str(uuid4()),
        "body": body,
        "date_created": _now(),
        "from": {"display_name": sender.title(), "type": sender},
        "to": [recipients[one] for one in sorted(to)],
    }


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
