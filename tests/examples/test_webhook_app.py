import asyncio
import json
import os
import sys
from pathlib import Path

from tests.fakes.chat import running_gateway
from tests.fakes.rasa import FakeRasa, running_rasa
from tests.fakes.webhook_apps import SECRET
from tests.fakes.workers import worker_process

ROOT = Path(__file__).parents[2]


async def test_the_example_app_prints_the_answer(
    redis_url: str, redis: object, unused_tcp_port: int
):
    del redis
    apps = {
        "shop-app": {"secret": SECRET, "callback": f"http://127.0.0.1:{unused_tcp_port}/answers"}
    }
    async with (
        running_rasa(FakeRasa()) as rasa,
        running_gateway(redis_url, webhook_apps=apps) as gateway,
    ):
        with worker_process(redis_url, rasa.url, WEBHOOK_APPS=json.dumps(apps)):
            app = await asyncio.create_subprocess_exec(
                sys.executable,
                str(ROOT / "examples" / "webhook_app.py"),
                "hello",
                env={
                    **os.environ,
                    "ASSISTANT_URL": str(gateway.http.base_url),
                    "APP_SECRET": SECRET,
                    "APP_PORT": str(unused_tcp_port),
                },
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            output, errors = await app.communicate()
    assert (app.returncode, output.decode(), errors.decode()) == (0, "You said: hello\n", "")
