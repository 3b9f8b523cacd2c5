"""`make review` as it is run, beside a running assistant."""

import csv
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from redis import Redis

from rasa_runtime.review.review_list import KEY
from tests.rasa_runtime.conftest import environment_of
from tests.rasa_runtime.turn_client import TurnClient

ODD = "tell me a joke about rain, my name is Priya Natarajan"


@pytest.fixture
def waiting(redis_url: str) -> Redis:
    client = Redis.from_url(redis_url, decode_responses=True)
    client.delete(KEY)
    return client


def review(
    project: Path, redis_url: str, *arguments: str, typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 our own module
        [sys.executable, "-m", "rasa_runtime.review", *arguments],
        cwd=project,
        env=environment_of({"REDIS_URL": redis_url}),
        input=typed,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def wait_for(waiting: Redis, count: int) -> None:
    deadline = time.monotonic() + 5
    while waiting.xlen(KEY) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    assert waiting.xlen(KEY) == count


def test_an_unreachable_redis_is_named_in_one_sentence(tmp_path: Path):
    refused = review(tmp_path, "redis://user:secret@127.0.0.1:1/0")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "Redis at 127.0.0.1:1 does not answer: is it running?\n"


def test_an_address_that_makes_no_sense_is_named_in_one_sentence(tmp_path: Path):
    refused = review(tmp_path, "http://user:secret@shop")
    assert refused.returncode == 1
    assert refused.stderr.startswith("REDIS_URL cannot be used: ")
    assert "secret" not in refused.stderr


def test_without_any_redis_it_is_said_what_to_do(tmp_path: Path):
    refused = review(tmp_path, "")
    assert refused.returncode == 1
    assert refused.stderr.startswith("No Redis is known: start `make demo`")


@pytest.mark.parametrize("arguments", [[], ["--list"], ["--export", "lines.csv"]], ids=str)
def test_an_empty_list_is_one_sentence(
    waiting: Redis, redis_url: str, tmp_path: Path, arguments: list[str]
):
    assert waiting.exists(KEY) == 0
    done = review(tmp_path, redis_url, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing to review: ")
    assert done.stdout.count("\n") == 1


def test_an_empty_list_is_empty_json(waiting: Redis, redis_url: str, tmp_path: Path):
    assert waiting.exists(KEY) == 0
    assert json.loads(review(tmp_path, redis_url, "--json").stdout) == []


def test_what_customers_said_is_listed_without_personal_data(
    client: TurnClient, waiting: Redis, redis_url: str, tmp_path: Path
):
    client.converse("hello", ODD)
    wait_for(waiting, 1)
    listed = review(tmp_path, redis_url, "--list").stdout
    [group] = json.loads(review(tmp_path, redis_url, "--json").stdout)
    assert "tell me a joke about rain" in listed
    assert group["count"] == 1
    assert group["lines"][0]["text"] == "tell me a joke about rain, my name is [name]"


def test_the_file_that_is_exported_suits_the_evaluation(
    client: TurnClient, waiting: Redis, redis_url: str, tmp_path: Path
):
    client.converse("=glorp(1) the flim flam")
    wait_for(waiting, 1)
    done = review(tmp_path, redis_url, "--export", "lines.csv")
    with (tmp_path / "lines.csv").open(newline="") as file:
        [row] = csv.DictReader(file)
    assert "1 line in lines.csv" in done.stdout
    assert (row["text"], row["intent"]) == ("glorp(1) the flim flam", "")


def test_a_message_is_collected_labelled_and_gone(
    client: TurnClient,
    trained_project: Path,
    waiting: Redis,
    redis_url: str,
    tmp_path: Path,
):
    project = shutil.copytree(trained_project, tmp_path / "project")
    client.converse(ODD)
    wait_for(waiting, 1)
    done = review(project, redis_url, "--data", "data", typed="track\n")
    assert done.returncode == 0, done.stderr
    assert "1 line added to data/nlu.yml; run make train." in done.stdout
    assert "- tell me a joke about rain, my name is " in (project / "data" / "nlu.yml").read_text()
    assert waiting.xlen(KEY) == 0
