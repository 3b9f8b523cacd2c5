"""Whole conversations by SMS and in messaging apps, through what stands in for their providers."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.end_to_end.sandbox import Sandbox

SAM = "+61491570156"
"""Not the phone of any order."""


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


def test_a_text_message_is_answered_in_few_segments(sandbox: Sandbox):
    sam = Person(sandbox, "sms", SAM)
    sam.write("where is my order 410200341, sam@example.com")
    assert "shipped" in sam.reads(lambda text: "410200341" in text).lower()
    assert sam.newest()["segments"] <= 2


def test_stop_ends_it_and_start_begins_again(sandbox: Sandbox):
    sam = Person(sandbox, "sms", "+61491570157")
    sam.write("hello")
    sam.reads(bool)
    sam.write("STOP")
    sam.write("where is my order 410200341, sam@example.com")
    time.sleep(3)
    assert sam.reads(lambda _: True) == ""
    sam.write("START")
    sam.write("hello")
    assert sam.reads(bool)


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
def test_an_app_gets_the_same_answers_with_buttons(sandbox: Sandbox, channel: str):
    sam = Person(sandbox, channel, SAM.removeprefix("+"))
    sam.write("where is my order 410200341, sam@example.com")
    assert "410200341" in sam.reads(lambda text: "Status: Shipped" in text)
