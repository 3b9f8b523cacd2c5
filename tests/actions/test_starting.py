import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SYSTEMS = ("ORDER_SYSTEM", "CASE_SYSTEM", "MARKETPLACE", "NOTIFICATIONS", "AUSTRALIA_POST")
GOOD = {
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "AUSTRALIA_POST_ACCOUNT": "1",
    "AUSTRALIA_POST_PASSWORD": "a-password-for-tests",
    **{f"{system}_URL": "http://127.0.0.1:1" for system in SYSTEMS},
    **{f"{system}_KEY": "a-key-for-tests" for system in SYSTEMS},
}


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        pytest.param(
            "own.yml",
            "- {key: contact.phone, about: Customer service., value: {kind: words, text: '1'},"
            " confirmed: false}",
            "contact.phone: There is a value and no source.",
            id="an entry",
        ),
        pytest.param(
            "disruptions.yml",
            "- {id: floods}",
            "floods, source: Field required.",
            id="a disruption",
        ),
    ],
)
def test_a_mistake_in_what_staff_have_written_is_one_clear_line(
    name: str, text: str, problem: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    paths = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}

    ended = subprocess.run(
        [sys.executable, "-m", "actions"],
        cwd=tmp_path,
        env={**paths, **GOOD, "KNOWLEDGE_FOLDER": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == os.EX_CONFIG
    assert ended.stderr == f"actions cannot start: {tmp_path / name}: {problem}\n"
