"""Runs the Rasa server: `python -m rasa_runtime` in the project's root.

Like `rasa run`, but on the loopback interface only, without Rasa's HTTP API and telemetry, without
TensorFlow where the model does not use it, and it refuses to start where Rasa would carry on with
less.
"""

import sys
from pathlib import Path

from rasa_runtime.quiet import configure_logging, prepare_environment
from rasa_runtime.settings import SettingsError, require_what_serving_needs, settings
from rasa_runtime.without_tensorflow import leave_tensorflow_out

MODELS = Path("models")
HOST = "127.0.0.1"


def main() -> int:
    """Serve until stopped; return the exit status."""
    try:
        require_what_serving_needs()
        port = settings().port
    except SettingsError as error:
        return _refuse(str(error))
    if not any(MODELS.glob("*.tar.gz")):
        return _refuse("There is no model in models/. Train one: python -m rasa_runtime.train")
    prepare_environment()
    leave_tensorflow_out(MODELS)
    return _serve(port)


def _serve(port: int) -> int:
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.shared.exceptions import RasaException

    from rasa_runtime.stores import require_our_stores

    configure_logging()
    try:
        endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
        require_our_stores(endpoints)
        serve_application(
            str(MODELS),
            interface=HOST,
            port=port,
            credentials="credentials.yml",
            endpoints=endpoints,
            enable_api=False,
        )
    except (RasaException, SettingsError) as error:
        return _refuse(str(error))
    return 0


def _refuse(reason: str) -> int:
    sys.stderr.write(f"rasa_runtime: {reason}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
