"""Keeps Rasa and its libraries from reporting to anyone but us, and from saying much."""

import logging
import os


def prepare_environment() -> None:
    """Set what Rasa and TensorFlow read while they are imported. Call before importing them."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SANIC_WORKERS"] = "1"  # the turns of a conversation must meet in one process
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    # Otherwise setuptools' distutils, imported with the classifier, resets the root log level.
    os.environ["SETUPTOOLS_USE_DISTUTILS"] = "stdlib"
    # Libraries reset the warning filters on import, so warnings go to a logger that is silent.
    logging.captureWarnings(capture=True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)


def configure_logging() -> None:
    """Log warnings and worse, one JSON object per line."""
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(logging.WARNING)
    configure_structlog(logging.WARNING)
