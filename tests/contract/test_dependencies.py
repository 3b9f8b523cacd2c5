"""What we build on is chosen: each package has its line in docs/dependencies.md."""

import re

import pytest

from tests.contract.project_files import ROOT

LISTS = ("requirements/runtime.in", "requirements/dev.in", "rasa_runtime/requirements.in")
PACKAGE = re.compile(r"^[a-z0-9][a-z0-9-]*")


@pytest.mark.parametrize("file", LISTS)
def test_every_package_is_explained(file: str) -> None:
    lines = (ROOT / file).read_text().splitlines()
    packages = {found[0] for line in lines if (found := PACKAGE.match(line))}
    rows = [line for line in _documentation() if line.startswith("|")]
    explained = {word for row in rows for word in re.split(r"[ ,|()]+", row.split("|")[1])}

    assert packages - explained == set()


def _documentation() -> list[str]:
    return (ROOT / "docs" / "dependencies.md").read_text().splitlines()
