"""Trains the model if anything it is made from has changed: `python -m rasa_runtime.train`.

The model is models/order-assistant.tar.gz; what it was made from stands beside it as a hash. When
that hash still fits, nothing of Rasa is imported and the answer comes in a moment. Training itself
re-uses Rasa's cache of the parts that did not change, and is the same every time: the classifier
has a fixed seed, and nothing else in the pipeline is random.
"""

import hashlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rasa_runtime.quiet import configure_logging, prepare_environment
from rasa_runtime.settings import settings

MODEL = Path("models/order-assistant.tar.gz")
FINGERPRINT = MODEL.with_name("order-assistant.sha256")
SOURCES = (
    "config.yml",
    "domain.yml",
    "domain/**/*.yml",
    "data/**/*.yml",
    "data/**/*.txt",
    "rasa_runtime/*.py",
    "rasa_runtime/requirements.txt",
    "support/identifiers/**/*.py",
)


def main() -> int:
    """Train if needed; return the exit status."""
    fingerprint = fingerprint_of(Path())
    if "--force" not in sys.argv[1:] and _is_trained_from(fingerprint):
        sys.stdout.write("The model is up to date.\n")
        return 0
    return _train(fingerprint)


def fingerprint_of(root: Path) -> str:
    """Return a hash of everything a model under `root` is made from."""
    digest = hashlib.sha256(settings().order_number_pattern.encode())
    for path in _source_files(root):
        digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _source_files(root: Path) -> Iterator[Path]:
    found = {path for pattern in SOURCES for path in root.glob(pattern) if path.is_file()}
    return iter(sorted(found))


def _is_trained_from(fingerprint: str) -> bool:
    return MODEL.exists() and FINGERPRINT.exists() and FINGERPRINT.read_text() == fingerprint


def _train(fingerprint: str) -> int:
    prepare_environment()
    import rasa

    configure_logging()
    MODEL.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=MODEL.parent) as folder:
        result = rasa.train(
            domain="domain.yml", config="config.yml", training_files=["data"], output=folder
        )
        if result.code != 0 or result.model is None:
            sys.stderr.write("Training failed.\n")
            return 1
        Path(result.model).replace(MODEL)
    FINGERPRINT.write_text(fingerprint)
    return 0


if __name__ == "__main__":
    sys.exit(main())
