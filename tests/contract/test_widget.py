"""What customers load on the shop's pages: small, whole, and free of third parties."""

import gzip
import json
import re

from tests.contract.project_files import ROOT

WIDGET = ROOT / "web" / "widget"
BUILT = WIDGET / "dist"
LIMIT_BYTES = 20_480


def test_chat_is_one_file_of_at_most_20_kilobytes_compressed() -> None:
    assert [path.name for path in BUILT.iterdir()] == ["order-assistant.js"]
    compressed = gzip.compress(_script().encode(), compresslevel=9, mtime=0)
    assert len(compressed) <= LIMIT_BYTES


def test_chat_names_no_address_but_those_of_the_shop() -> None:
    addresses = set(re.findall(r"https?://[^\s\"'`)/]+", _script()))
    assert addresses <= {"http://www.w3.org"}, "only the names of XML namespaces"


def test_chat_makes_neither_code_nor_markup_from_text() -> None:
    for maker in ("eval(", "new Function", "document.write", "insertAdjacentHTML"):
        assert maker not in _script()
    source = "".join(path.read_text() for path in sorted((WIDGET / "src").rglob("*.ts*")))
    for maker in ("dangerouslySetInnerHTML", "innerHTML", "outerHTML"):
        assert maker not in source


def test_versions_are_exact_and_locked_with_hashes() -> None:
    package = json.loads((WIDGET / "package.json").read_text())
    locked = json.loads((WIDGET / "package-lock.json").read_text())["packages"]
    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert locked[f"node_modules/{name}"]["version"] == version
    for path, entry in locked.items():
        assert "resolved" not in entry, f"{path} names where it is fetched from"
        assert not path or entry["integrity"].startswith("sha512-"), path


def _script() -> str:
    return (BUILT / "order-assistant.js").read_text("utf-8")
