"""Somebody who writes from a phone or an app, through what stands in for the provider."""

import time
from collections.abc import Callable
from typing import Any

from tests.end_to_end.sandbox import Sandbox


class Person:
    """Somebody who writes on a channel and reads what comes back."""

    def __init__(self, sandbox: Sandbox, channel: str, address: str) -> None:
        self._sandbox = sandbox
        self._channel = channel
        self._address = address
        self._seen = 0

    def write(self, text: str, **more: str) -> dict[str, Any]:
        body = {"from": self._address, "text": text, **more}
        sent = self._sandbox.client.post(f"/sandbox/{self._channel}/inbound", json=body)
        sent.raise_for_status()
        assert sent.json()["answered"] == 200, sent.text
        return dict(sent.json())

    def reads(self, enough: Callable[[str], bool], seconds: float = 30) -> str:
        """Return what has come since the last time, as soon as it is enough."""
        deadline = time.monotonic() + seconds
        while True:
            messages = self._all()[self._seen :]
            text = "\n".join(one["text"] for one in messages)
            if enough(text):
                self._seen += len(messages)
                return text
            assert time.monotonic() < deadline, f"Only this has come: {text!r}"
            time.sleep(0.05)

    def newest(self) -> dict[str, Any]:
        return dict(self._all()[-1])

    def _all(self) -> list[dict[str, Any]]:
        found = self._sandbox.client.get("/sandbox/sent", params={"channel": self._channel})
        to = {self._address, self._address.removeprefix("+")}
        return [one for one in found.json()["sent"] if one["to"] in to]
