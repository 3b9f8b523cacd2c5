import json

from benchmarks.bars import bars
from benchmarks.report import as_json, table
from tests.benchmarks.test_figures import DEFAULT, figures

OURS = figures(milliseconds=4, start=10, memory=400, longest=5)
BOTH = {"ours": OURS, "rasa_default": DEFAULT}


def test_the_table_sets_both_side_by_side_with_their_ratio() -> None:
    lines = table(BOTH, bars(OURS, DEFAULT)).splitlines()
    row = next(line for line in lines if line.startswith('"hi", no action: p95 ms'))
    assert row.split()[-3:] == ["4.0", "40.0", "10.00"]


def test_the_table_says_which_bars_hold() -> None:
    lines = table(BOTH, bars(DEFAULT, OURS)).splitlines()
    assert any(line.startswith("memory ") and line.endswith("FAILS") for line in lines)


def test_the_json_holds_all_figures_and_verdicts() -> None:
    content = json.loads(as_json(BOTH, bars(OURS, DEFAULT), {"cores": 2}))
    assert content["contestants"]["ours"]["latency"]["form"]["p95"] == 4
    assert all(bar["holds"] for bar in content["bars"])
    assert content["circumstances"] == {"cores": 2}


def test_what_was_not_measured_is_left_open() -> None:
    slow = figures(milliseconds=40, start=30, memory=800, longest=400)
    slow.by_length = {10: 40.0, 450: 9000.0}
    lines = table({"ours": OURS, "rasa_default": slow}, bars(OURS, slow)).splitlines()
    rows = {line.split(":")[0]: line.split()[-3:] for line in lines if line.startswith("after")}
    assert rows["after 450 messages"] == ["-", "9000.0", "-"]
    assert rows["after 1000 messages"] == ["5.0", "-", "-"]
