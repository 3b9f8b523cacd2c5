"""An in-house app that chats with the assistant over signed webhooks: what it takes, in one file.

    python examples/webhook_app.py "where is my order 410200341, sam@example.com"

Settings: ASSISTANT_URL (http://127.0.0.1:8000), APP_NAME (shop-app), APP_SECRET (as in the
assistant's WEBHOOK_APPS), APP_PORT (8900, where its `callback` points). Needs the packages
httpx and standardwebhooks. It prints the first answer, and ends with 1 when none comes.
"""

import json
import os
import queue
import sys
import threading
import uuid
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from standardwebhooks import Webhook, WebhookVerificationError

ANSWER_SECONDS = 30.0


class Callbacks(ThreadingHTTPServer):
    """Takes the assistant's answers. A message that comes again is taken, and not shown again."""

    def __init__(self, port: int, webhook: Webhook) -> None:
        super().__init__(("127.0.0.1", port), _Callback)
        self.webhook = webhook
        self.seen: set[str] = set()
        self.messages: queue.Queue[dict[str, Any]] = queue.Queue()


class _Callback(BaseHTTPRequestHandler):
    server: Callbacks

    def do_POST(self) -> None:
        """Check the signature, take the message, and say so: what is not taken comes again."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            event = self.server.webhook.verify(body, dict(self.headers))
        except (WebhookVerificationError, ValueError):
            self.send_response(403)
            self.end_headers()
            return
        if self.headers["webhook-id"] not in self.server.seen:
            self.server.seen.add(self.headers["webhook-id"])
            self.server.messages.put(event["data"])
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: what customers write does not belong into a log."""


def send(webhook: Webhook, url: str, message: dict[str, str]) -> None:
    """Post a user's message; try it again with the same `webhook-id` if this raises."""
    webhook_id, now, body = f"msg_{uuid.uuid4().hex}", datetime.now(UTC), json.dumps(message)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": webhook.sign(webhook_id, now, body),
    }
    httpx.post(url, content=body, headers=headers, timeout=10).raise_for_status()


def main() -> int:
    """Say what was given on the command line, and print what is answered."""
    webhook = Webhook(os.environ["APP_SECRET"])
    assistant = os.environ.get("ASSISTANT_URL", "http://127.0.0.1:8000")
    name = os.environ.get("APP_NAME", "shop-app")
    with Callbacks(int(os.environ.get("APP_PORT", "8900")), webhook) as callbacks:
        threading.Thread(target=callbacks.serve_forever, daemon=True).start()
        message = {"user": "user-1", "text": " ".join(sys.argv[1:]) or "hello"}
        send(webhook, f"{assistant}/v1/channels/webhook/{name}", message)
        try:
            answer = callbacks.messages.get(timeout=ANSWER_SECONDS)
        except queue.Empty:
            sys.stderr.write("No answer has come.\n")
            return 1
        finally:
            callbacks.shutdown()
    sys.stdout.write(answer["text"] + "\n")
    for choice in answer["choices"]:
        sys.stdout.write(f"[{choice['title']}]\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
