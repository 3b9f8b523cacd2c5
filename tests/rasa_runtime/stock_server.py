"""Rasa as it comes: REST channel, RedisTrackerStore, RedisLockStore. `... PORT REDIS_URL`.

Serves the same model as ours do, to compare with.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from rasa_runtime.quiet import prepare_environment
from rasa_runtime.without_tensorflow import leave_tensorflow_out

MODELS = Path("models")
LOCK_DATABASE = 1


def main(port: int, redis_url: str) -> None:
    prepare_environment()
    leave_tensorflow_out(MODELS)
    from rasa.core.run import serve_application  # noqa: PLC0415 after TensorFlow was left out
    from rasa.core.utils import AvailableEndpoints  # noqa: PLC0415
    from rasa.utils.endpoints import EndpointConfig  # noqa: PLC0415

    address = urlsplit(redis_url)
    store = {"type": "redis", "port": address.port}
    serve_application(
        str(MODELS),
        channel="rest",
        interface="127.0.0.1",
        port=port,
        endpoints=AvailableEndpoints(
            tracker_store=EndpointConfig(url=address.hostname, **store),
            lock_store=EndpointConfig(url=address.hostname, db=LOCK_DATABASE, **store),
        ),
        enable_api=False,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
