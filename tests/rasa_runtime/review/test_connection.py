from pathlib import Path

from rasa_runtime.review.connection import address, redis_url

CONFIGURATION = """
[supervisord]
logfile=/project/.demo/logs/supervisord.log

[program:rasa]
command=python -m rasa_runtime
environment=PYTHONUNBUFFERED="1",REDIS_URL="redis://127.0.0.1:40123/0",RASA_PORT="40124"

[program:worker]
environment=REDIS_URL="redis://elsewhere:1/0"
"""


def test_what_the_environment_says_comes_first(tmp_path: Path):
    demo = tmp_path / "supervisord.conf"
    demo.write_text(CONFIGURATION)
    assert redis_url({"REDIS_URL": "redis://shop:6379/1"}, demo) == "redis://shop:6379/1"


def test_else_the_redis_of_the_demo_is_found(tmp_path: Path):
    demo = tmp_path / "supervisord.conf"
    demo.write_text(CONFIGURATION)
    assert redis_url({"REDIS_URL": ""}, demo) == "redis://127.0.0.1:40123/0"


def test_without_either_there_is_none(tmp_path: Path):
    assert redis_url({}, tmp_path / "supervisord.conf") is None


def test_an_address_shows_no_password():
    assert address("rediss://user:secret@shop:6380/1") == "shop:6380"
