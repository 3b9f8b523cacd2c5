"""Fixtures that several folders of tests share, and how tests are dealt out to processes."""

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling
from xdist.scheduler.protocol import Scheduling

pytest_plugins = ["tests.whole_system"]

settings.register_profile("beside other tests", deadline=None)
settings.load_profile("beside other tests")


class ByFile(LoadGroupScheduling):
    """Deals out whole files, and what needs the whole system to one process, where it runs once."""

    def _split_scope(self, nodeid: str) -> str:
        return super()._split_scope(nodeid).partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Return who deals out the tests: `pytest -n 2 --dist loadgroup`."""
    return ByFile(config, log)
