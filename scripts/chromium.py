"""The machine's own Chromium, driven by Playwright: for the browser tests and the screenshots."""

import os

from playwright.sync_api import Browser, Playwright

EXECUTABLE = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without a window; CHROMIUM names another executable."""
    executable = os.environ.get("CHROMIUM") or EXECUTABLE
    return playwright.chromium.launch(executable_path=executable, args=list(FLAGS), headless=True)
