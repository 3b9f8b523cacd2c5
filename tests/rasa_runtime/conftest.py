import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True)
class RasaProcess:
    url: str
    process: "subprocess.Popen[bytes]"
    health_url: str
    log: Path

    def wait_until_healthy(self) -> None:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if requests.get(self.health_url, timeout=2).status_code == requests.codes.ok:
                    return
            except requests.RequestException:
                time.sleep(0.2)
        pytest.fail(f"Rasa did not start:\n{self.log.read_text()}")


@pytest.fixture(scope="session")
def rasa_process(
    trained_project: Path,
    rasa_environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[RasaProcess]:
    folder = tmp_path_factory.mktemp("rasa")
    with started_rasa(trained_project, rasa_environment, folder) as rasa:
        rasa.wait_until_healthy()
        yield rasa


@pytest.fixture(scope="session")
def rasa_url(rasa_process: RasaProcess) -> str:
    return rasa_process.url


@contextmanager
def started_rasa(project: Path, environment: dict[str, str], folder: Path) -> Iterator[RasaProcess]:
    """Start the runtime in the project and stop it when the block ends; does not wait for it."""
    url = f"http://127.0.0.1:{environment['RASA_PORT']}"
    health_url = f"{url}/webhooks/gateway/health"
    with started_process(["rasa_runtime"], project, environment, folder / "rasa.log") as process:
        yield RasaProcess(url, process, health_url, folder / "rasa.log")


@contextmanager
def started_process(
    module: list[str], project: Path, environment: dict[str, str], log: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a module with its arguments in the project, and stop it when the block ends."""
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603 our own modules
            [sys.executable, "-m", *module],
            cwd=project,
            env=environment_of(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def client(rasa_url: str, action_server: FakeActionServer) -> TurnClient:  # noqa: ARG001 resets the actions
    return TurnClient(rasa_url, TURN_KEY)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
