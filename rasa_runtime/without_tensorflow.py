"""Serves without TensorFlow where no component of the model uses it.

Rasa imports TensorFlow in any case: 6 seconds at each start, and 400 MB for as long as it runs.
Only three modules lead there, and all that they hold is for training: stand-ins take their place.
Training itself imports everything as Rasa does.
"""

import json
import sys
import tarfile
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

RASA_VERSION = "3.6.21"
STAND_INS = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
}
"""The modules, and what is taken from them while Rasa is imported and a model is read."""
TENSORFLOW_USERS = frozenset(
    {
        "rasa.core.policies.ted_policy",
        "rasa.core.policies.unexpected_intent_policy",
        "rasa.nlu.classifiers.diet_classifier",
        "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
        "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
        "rasa.nlu.selectors.response_selector",
    }
)
"""Rasa's components that import TensorFlow themselves."""


class TensorFlowLeftOut(Exception):
    """Something that trains neural components was used in a process that only serves."""


def leave_tensorflow_out(models: Path) -> bool:
    """Put the stand-ins in place if no model in the folder needs the real ones; tell whether.

    To be called before anything of Rasa is imported.
    """
    if metadata.version("rasa") != RASA_VERSION:
        return False
    if any(needs_tensorflow(model) for model in models.glob("*.tar.gz")):
        return False
    for name, members in STAND_INS.items():
        sys.modules[name] = _stand_in(name, members)
    return True


def needs_tensorflow(model: Path) -> bool:
    """Say whether a component of a trained model uses TensorFlow."""
    nodes = _metadata(model)["predict_schema"]["nodes"].values()
    return any(node["uses"].rpartition(".")[0] in TENSORFLOW_USERS for node in nodes)


def _metadata(model: Path) -> dict[str, Any]:
    with tarfile.open(model) as archive:
        file = archive.extractfile("metadata.json")
        if file is None:
            raise FileNotFoundError(f"{model} holds no metadata.json.")
        content: dict[str, Any] = json.load(file)
        return content


def _stand_in(name: str, members: tuple[str, ...]) -> ModuleType:
    module = ModuleType(name)
    for member in members:
        setattr(module, member, type(member, (_LeftOut,), {"__module__": name}))
    return module


class _LeftOut:
    """A class that can be imported but not used."""

    def __init__(self, *_: object, **__: object) -> NoReturn:
        raise TensorFlowLeftOut(f"{type(self).__name__} needs TensorFlow, which is not loaded.")
