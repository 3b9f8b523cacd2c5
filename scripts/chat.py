"""The conversation in a terminal, for people who write training data.

    make chat                   as nobody in particular
    make chat CUSTOMER=c-1001   as a signed-in customer of the demonstration shop

Talks to the demo that runs (GATEWAY_PORT), or starts one of its own for as long as it is needed.
"""

import argparse
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from scripts.conversation import Conversation, Message
from scripts.demo.model import TrainingFailed, train
from scripts.demo.ports import LOOPBACK, PUBLIC_PORTS, free_port
from scripts.demo.processes import ROOT, Ports
from scripts.demo.supervision import SupervisorFailed
from scripts.demo.system import ProcessFailed, System
from scripts.progress import note, step

SECONDS_FOR_A_REPLY = 30
SECONDS_FOR_MORE = 0.5
"""An answer may come in several messages; the prompt waits this long for the next."""


class Terminal:
    """Shows what the assistant says and sends what is typed."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._choices: tuple[tuple[str, str], ...] = ()
        self._spoken = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def run(self) -> None:
        """Go on until the input ends."""
        note("Type a message, or the number of a choice. Ctrl-D ends.")
        while (typed := self._prompt()) is not None:
            if not typed:
                continue
            self._spoken.clear()
            self._send(typed)
            self._wait_for_reply()

    def _prompt(self) -> str | None:
        try:
            typed = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            return None
        if not sys.stdin.isatty():
            note(typed)
        return typed

    def _send(self, typed: str) -> None:
        number = int(typed) - 1 if typed.isdigit() else -1
        try:
            if 0 <= number < len(self._choices):
                self._conversation.choose(self._choices[number][0])
            else:
                self._conversation.say(typed)
        except httpx.HTTPStatusError as refusal:
            note(f"  ! {refusal.response.json().get('detail', refusal)}")
            self._spoken.set()

    def _wait_for_reply(self) -> None:
        arrived = self._spoken.wait(SECONDS_FOR_A_REPLY)
        while arrived:
            self._spoken.clear()
            arrived = self._spoken.wait(SECONDS_FOR_MORE)

    def _listen(self) -> None:
        for message in self._conversation.events():
            if message.sender != "customer":
                self._show(message)
                self._spoken.set()

    def _show(self, message: Message) -> None:
        self._choices = message.quick_replies
        speaker = "assistant" if message.sender == "bot" else message.sender
        lines = [f"\n{speaker}: {message.text}"]
        lines += [f"    {source}, {at.astimezone():%H:%M}" for source, at in message.evidence]
        lines += [f"  {number}) {title}" for number, (_, title) in enumerate(self._choices, 1)]
        note("\n".join(lines))


def main() -> int:
    """Hold one conversation."""
    arguments = argparse.ArgumentParser(prog="make chat")
    arguments.add_argument("--customer", default="", help="a customer id of the demonstration shop")
    customer = arguments.parse_args().customer
    try:
        with _gateway() as address, httpx.Client(base_url=address, timeout=15) as client:
            token = _customer_token(client, customer) if customer else None
            Terminal(Conversation.start(client, customer_token=token)).run()
    except (ProcessFailed, SupervisorFailed, TrainingFailed, httpx.HTTPError) as problem:
        note(str(problem))
        return 1
    return 0


@contextmanager
def _gateway() -> Iterator[str]:
    """Give the address of the demo that runs, or of one that runs for the time being."""
    port = os.environ.get("GATEWAY_PORT") or PUBLIC_PORTS["GATEWAY_PORT"]
    address = f"http://{LOOPBACK}:{port}"
    if _is_ready(address):
        yield address
        return
    home = ROOT / ".demo" / "chat"
    with step("trained model"):
        train(home / "logs" / "train.log")
    with System(home, Ports(gateway=free_port(), sandbox=free_port())) as system:
        with step("processes (Rasa takes longest)"):
            system.start()
            system.wait_until_ready()
        yield system.gateway_url


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/ready", timeout=5).is_success
    except httpx.HTTPError:
        return False


def _customer_token(client: httpx.Client, customer_id: str) -> str:
    shop = client.get("/shop-settings.json").json()["demo_shop_url"]
    made = httpx.post(f"{shop}/sandbox/customer-tokens", json={"customer_id": customer_id})
    made.raise_for_status()
    return str(made.json()["token"])


if __name__ == "__main__":
    sys.exit(main())
