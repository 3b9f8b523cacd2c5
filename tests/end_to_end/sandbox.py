"""What tests do to the outside world."""

from typing import Any

import httpx


class Sandbox:
    """The sandbox's control API."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

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
