"""What tests do to the outside world."""

import re
from typing import Any

import httpx


class Sandbox:
    """The sandbox's control API."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    @property
    def client(self) -> httpx.Client:
        """What it is called with."""
        return self._client

    def reset(self) -> None:
        """Go back to the shipped data, with every system working."""
        self._client.delete("/sandbox").raise_for_status()

    def put_order(self, order: dict[str, Any]) -> None:
        """Make the order system know this order."""
        self._client.put(f"/sandbox/orders/{order['number']}", json=order).raise_for_status()

    def put_tracking(
        self, carrier: str, number: str, body: object, *, status: int | None = None
    ) -> None:
        """Make a carrier answer this for a tracking number."""
        headers = {"X-Status": str(status)} if status else {}
        path = f"/sandbox/carriers/{carrier}/tracking/{number}"
        self._client.put(path, json=body, headers=headers).raise_for_status()

    def fault(self, system: str, mode: str, *, delay_ms: int = 0) -> None:
        """Let a system fail: down, slow, error, malformed, rate_limited, or be ok again."""
        body = {"mode": mode, "delay_ms": delay_ms}
        self._client.put(f"/sandbox/faults/{system}", json=body).raise_for_status()

    def customer_token(self, customer_id: str) -> str:
        """Return the web shop's token of this customer."""
        made = self._client.post("/sandbox/customer-tokens", json={"customer_id": customer_id})
        made.raise_for_status()
        return str(made.json()["token"])

    def cases(self) -> list[dict[str, Any]]:
        """Return the cases that were opened, each with what was asked for."""
        return list(self._get("/sandbox/cases")["cases"])

    def tickets(self) -> list[dict[str, Any]]:
        """Return the tickets that were opened with Marketplace sellers."""
        return list(self._get("/sandbox/marketplace")["tickets"])

    def move_case(self, reference: str, state: str, **more: str) -> None:
        """Let a case come to a state."""
        body = {"state": state, **more}
        self._client.put(f"/sandbox/cases/{reference}", json=body).raise_for_status()

    def change_ticket(self, reference: str, **changes: str) -> None:
        """Let a seller do something about a ticket."""
        self._client.put(f"/sandbox/marketplace/{reference}", json=changes).raise_for_status()

    def code_sent_last(self) -> str:
        """Return the one-time code of the newest message to a customer."""
        newest = self._get("/sandbox/sent")["sent"][-1]
        found = re.search(r"\b\d{6}\b", newest["text"])
        assert found, newest
        return found[0]

    def _get(self, path: str) -> dict[str, Any]:
        answer = self._client.get(path)
        answer.raise_for_status()
        return dict(answer.json())
