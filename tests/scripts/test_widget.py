from pathlib import Path

import pytest

from scripts import widget


@pytest.fixture
def without_node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("NODE_REQUIRED", raising=False)


@pytest.mark.usefixtures("without_node")
def test_without_node_the_chat_is_used_as_built(capsys: pytest.CaptureFixture[str]) -> None:
    assert widget.main(["check"]) == 0
    assert capsys.readouterr().out == f"{widget.NO_NODE}\n"


@pytest.mark.usefixtures("without_node")
def test_without_node_it_cannot_be_built(capsys: pytest.CaptureFixture[str]) -> None:
    assert widget.main(["build"]) == 1
    assert capsys.readouterr().out == f"{widget.NO_NODE}\n"


@pytest.mark.usefixtures("without_node")
def test_ci_insists_on_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NODE_REQUIRED", "1")
    assert widget.main(["check"]) == 1


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.9"])
def test_node_that_is_too_old_is_none(
    without_node: None,  # noqa: ARG001 - an empty path
    tmp_path: Path,
    version: str,
) -> None:
    for name in ("node", "npm"):
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\necho {version}\n")
        tool.chmod(0o755)
    assert widget.main(["build"]) == 1


def test_a_build_that_differs_is_noticed(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "a.js").write_text("same")
    assert widget.same_files(one, other)
    (other / "a.js").write_text("diff")
    assert not widget.same_files(one, other)
    (other / "a.js").write_text("same")
    (other / "b.js").write_text("more")
    assert not widget.same_files(one, other)
