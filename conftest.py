"""Fixtures that several folders of tests share."""

pytest_plugins = ["tests.whole_system"]
