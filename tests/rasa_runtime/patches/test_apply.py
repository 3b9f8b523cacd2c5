from types import SimpleNamespace

import pytest
import rasa

from rasa_runtime import patches


def test_the_patches_are_for_the_installed_rasa():
    assert rasa.__version__ == patches.RASA_VERSION


def test_another_rasa_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rasa, "__version__", "3.7.0")
    with pytest.raises(patches.UnknownRasaVersion):
        patches.apply(SimpleNamespace())
