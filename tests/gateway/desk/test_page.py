import hashlib
import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from gateway.pages import WEB
from support.sms.segments import plain, size_of
from tests.fakes.chat import RunningGateway

DESK = WEB / "desk"
VENDORED = {
    "preact-htm-3.1.1.js": "72284e8e9079c87817145df1110f74e8a2aa040b2fc384922e18dfcb46fc1fd7",
}


async def test_the_page_is_served_under_a_policy_of_its_own_origin(gateway: RunningGateway):
    answer = await gateway.http.get("/desk")

    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-cache"


async def test_every_file_that_the_page_names_is_there(gateway: RunningGateway):
    named = re.findall(r'(?:src|href)="(/assets/desk/[^"]+)"', (DESK / "index.html").read_text())
    imported = {
        f"/assets/desk/{path}"
        for script in DESK.glob("*.js")
        for path in re.findall(r'from "\./([^"]+)"', script.read_text())
    }

    for path in {*named, *imported}:
        assert (await gateway.http.get(path)).status_code == 200, path


def test_nothing_is_fetched_from_elsewhere():
    for file in [*DESK.glob("*.js"), DESK / "desk.css", DESK / "index.html"]:
        assert not re.search(r"""["'(]https?://""", file.read_text()), file.name


@pytest.mark.parametrize("name", VENDORED)
def test_what_is_vendored_is_what_was_looked_at(name: str):
    digest = hashlib.sha256((DESK / "vendor" / name).read_bytes()).hexdigest()

    assert digest == VENDORED[name]


@pytest.mark.parametrize(
    ("text", "encoding", "segments"),
    [
        pytest.param("", "GSM-7", 1, id="nothing"),
        pytest.param("a" * 160, "GSM-7", 1, id="one full segment"),
        pytest.param("a" * 161, "GSM-7", 2, id="one character more"),
        pytest.param("{" * 81, "GSM-7", 2, id="characters that take two places"),
        pytest.param("\u20bf" * 70, "UCS-2", 1, id="another alphabet"),
        pytest.param("\u20bf" * 71, "UCS-2", 2, id="one character of it more"),
        pytest.param("\U0001f600" * 36, "UCS-2", 2, id="characters outside the first plane"),
    ],
)
def test_the_meter_counts_segments(text: str, encoding: str, segments: int):
    size = metered(text)

    assert (size["encoding"], size["segments"]) == (encoding, segments)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 157, id="with the name two segments"),
        pytest.param("\u201cIt\u2019s here\u201d \u2013 soon\u2026", id="typographic characters"),
        pytest.param(
            "\u2022\u00d7\t`\u00b4\u201a\u201e\u2014\u2212\u00a0\u202f\u2009\u2018", id="all others"
        ),
    ],
)
def test_the_meter_counts_what_is_sent(text: str):
    size, sent = metered(text, "Kim"), size_of(plain(f"Kim: {text}"))

    assert size["encoding"] == sent.encoding
    assert (size["units"], size["segments"]) == (sent.units, sent.segments)


def metered(text: str, author: str = "") -> dict[str, Any]:
    """Return what the page takes a text message's size for."""
    node = shutil.which("node")
    assert node is not None
    script = (
        f"import {{ sizeOf }} from {json.dumps(str(DESK / 'segments.js'))};"
        f"console.log(JSON.stringify(sizeOf({json.dumps(text)}, {json.dumps(author)})))"
    )
    told = subprocess.run(  # noqa: S603 - our own script
        [node, "--no-warnings", "--input-type=module", "-e", script],
        capture_output=True,
        text=True,
        check=True,
    )
    size: dict[str, Any] = json.loads(told.stdout)
    return size
