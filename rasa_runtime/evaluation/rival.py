"""Trains Rasa's default pipeline on our training data: `python -m rasa_runtime.evaluation.rival`.

The rival learns from the same lines as our model, with the configuration that Rasa itself suggests
(benchmarks/rasa_default/config.yml), and understands messages only: it has no policies. It is
trained once for each state of configuration and training data, and kept in .rasa/rival: beside our
model in models/, Rasa would take it for ours.

Rasa's default sets no seed, so another training gives figures that differ by a point or so. Its
network goes through the data a hundred times, which takes hours: RIVAL_EPOCHS=15 stops it earlier,
and the figures are then those of a rival that has learnt less.
"""

import hashlib
import os
import sys
import tempfile
import time
from pathlib import Path

from rasa_runtime.quiet import configure_logging, prepare_environment

CONFIGURATION = Path("benchmarks/rasa_default/config.yml")
TRAINING_DATA = Path("data/nlu")
MODELS = Path(".rasa/rival")
ALL_EPOCHS = 100


def main() -> int:
    """Train the rival unless it has learnt from just this data; return the exit status."""
    model = model_path()
    if model.exists():
        sys.stdout.write("The rival, Rasa's default pipeline, is up to date.\n")
        return 0
    sys.stdout.write(
        f"Training the rival, Rasa's default pipeline, on the same data, {_epochs()} of "
        f"{ALL_EPOCHS} epochs.\n"
        "Each takes some minutes on two cores, but only once; RIVAL_EPOCHS=15 does fewer.\n"
    )
    sys.stdout.flush()
    return _train(model)


def model_path() -> Path:
    """Return where the model for the present configuration and training data is kept."""
    epochs = _epochs()
    stopped_early = "" if epochs == ALL_EPOCHS else f"-{epochs}-epochs"
    return MODELS / f"rasa-default-{fingerprint()[:16]}{stopped_early}.tar.gz"


def fingerprint() -> str:
    """Return a hash of everything the rival is made from."""
    digest = hashlib.sha256()
    for path in (CONFIGURATION, *sorted(TRAINING_DATA.rglob("*.yml"))):
        digest.update(f"\0{path.as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _epochs() -> int:
    return int(os.environ.get("RIVAL_EPOCHS") or ALL_EPOCHS)


def _configuration(folder: Path) -> Path:
    """Return the rival's configuration; a copy with fewer epochs where fewer were asked for."""
    epochs = _epochs()
    if epochs == ALL_EPOCHS:
        return CONFIGURATION
    from rasa.shared.utils.io import read_yaml_file, write_yaml

    configuration = read_yaml_file(CONFIGURATION)
    for component in configuration["pipeline"]:
        if "epochs" in component:
            component["epochs"] = epochs
    shortened = folder / "config.yml"
    write_yaml(configuration, shortened)
    return shortened


def _train(model: Path) -> int:
    prepare_environment()
    MODELS.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=MODELS) as folder:
        # Our own cached parts of training stay: the rival's are large and would drive them out.
        os.environ["RASA_CACHE_DIRECTORY"] = str(Path(folder) / "cache")
        trained = _trained_in(folder)
        if trained is None:
            sys.stderr.write("Training the rival failed.\n")
            return 1
        _keep_only(trained, model)
    sys.stdout.write(f"Trained the rival in {time.monotonic() - started:.0f} seconds.\n")
    return 0


def _trained_in(folder: str) -> Path | None:
    from rasa.model_training import train_nlu

    configure_logging()
    os.environ["LOG_LEVEL"] = "INFO"  # all that reads it now is the progress bar
    trained = train_nlu(str(_configuration(Path(folder))), str(TRAINING_DATA), output=folder)
    return Path(trained) if trained else None


def _keep_only(trained: Path, model: Path) -> None:
    """Move the model to its place, and remove those of earlier training data."""
    for earlier in MODELS.glob("*.tar.gz"):
        earlier.unlink()
    trained.replace(model)


if __name__ == "__main__":
    sys.exit(main())
