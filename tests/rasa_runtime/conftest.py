import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
import yaml

from tests.rasa_runtime.fake_action_server import FakeActionServer
from tests.rasa_runtime.turn_client import TurnClient
from tests.redis_servers import RestartableRedis

ROOT = Path(__file__).resolve().parents[2]
TURN_KEY = "key-of-the-tests"
TURN_LIMIT_SECONDS = 3
ACTION_LIMIT_SECONDS = 2


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RestartableRedis]:
    server = RestartableRedis(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis_url(redis_server: RestartableRedis) -> str:
    return redis_server.url


@pytest.fixture(scope="session")
def trained_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small assistant with the product's pipeline, policies, channel and stores, trained once."""
    project = tmp_path_factory.mktemp("assistant") / "project"
    shutil.copytree(Path(__file__).parent / "project", project)
    shutil.copy(ROOT / "config.yml", project)
    _write_with_short_limits(project)
    run_module("rasa_runtime.train", project, {})
    return project


def _write_with_short_limits(project: Path) -> None:
    credentials = yaml.safe_load((ROOT / "credentials.yml").read_text())
    credentials["rasa_runtime.channel.GatewayChannel"]["time_limit_seconds"] = TURN_LIMIT_SECONDS
    (project / "credentials.yml").write_text(yaml.safe_dump(credentials))
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text())
    endpoints["action_endpoint"]["time_limit_seconds"] = ACTION_LIMIT_SECONDS
    (project / "endpoints.yml").write_text(yaml.safe_dump(endpoints))


def run_module(
    module: str, project: Path, environment: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 our own modules
        [sys.executable, "-m", module, *arguments],
        cwd=project,
        env=environment_of(environment),
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def environment_of(changes: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **changes}


@pytest.fixture(scope="session")
def action_server_of_session() -> Iterator[FakeActionServer]:
    server = FakeActionServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def action_server(action_server_of_session: FakeActionServer) -> FakeActionServer:
    action_server_of_session.reset()
    return action_server_of_session


@pytest.fixture(scope="session")
def rasa_environment(redis_url: str, action_server_of_session: FakeActionServer) -> dict[str, str]:
    return {
        "REDIS_URL": redis_url,
        "ACTIONS_URL": action_server_of_session.url,
        "RASA_TURN_KEY": TURN_KEY,
        "RASA_PORT": str(free_port()),
    }


@pytest.fixture(scope="session")
def rasa_url(
    trained_project: Path,
    rasa_environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    url = f"http://127.0.0.1:{rasa_environment['RASA_PORT']}"
    health = f"{url}/webhooks/gateway/health"
    log = tmp_path_factory.mktemp("rasa") / "rasa.log"
    with running_process("rasa_runtime", trained_project, rasa_environment, log, health):
        yield url


@contextmanager
def running_process(
    module: str, project: Path, environment: dict[str, str], log: Path, health_url: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a module in the project until the block ends; enter the block when it is healthy."""
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603 our own modules
            [sys.executable, "-m", *module.split()],
            cwd=project,
            env=environment_of(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(health_url, process, log)
            yield process
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_healthy(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(url, timeout=2).status_code == requests.codes.ok:
                return
        except requests.RequestException:
            time.sleep(0.2)
    pytest.fail(f"Rasa did not start:\n{log.read_text()}")


@pytest.fixture
def client(rasa_url: str, action_server: FakeActionServer) -> TurnClient:  # noqa: ARG001 resets the actions
    return TurnClient(rasa_url, TURN_KEY)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
