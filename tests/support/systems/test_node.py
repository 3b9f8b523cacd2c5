"""What stands in for real products runs on Node.js: without it tests fail and say why."""

import pytest

from tests.fakes.node import running
from tests.support.systems.orders.commercetools import MOCK


def test_without_node_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    with (
        pytest.raises(pytest.fail.Exception, match="need Node"),
        running("server.mjs", folder=MOCK),
    ):
        pytest.fail("It ran.")


def test_a_server_that_does_not_start_fails_with_what_it_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.fakes.node.START_SECONDS", 3)
    with (
        pytest.raises(pytest.fail.Exception, match="Cannot find module"),
        running("missing.mjs", folder=MOCK),
    ):
        pytest.fail("It ran.")
