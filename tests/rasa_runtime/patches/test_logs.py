"""The modules whose copies are left out copy for debug logs alone, which their source must show."""

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest

from rasa_runtime.patches.logs import MODULES, copy_nothing_for_debug_logs


@pytest.mark.parametrize("module", MODULES)
def test_every_copy_is_an_argument_of_a_debug_log(module: ModuleType):
    tree = ast.parse(inspect.getsource(module))
    in_logs = [use for call in _debug_calls(tree) for use in _uses_of_copy(call)]
    assert len(in_logs) == len(list(_uses_of_copy(tree))) > 0


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_copied(module: ModuleType):
    copy_nothing_for_debug_logs()
    events = [{"event": "slot"}]
    assert module.copy.deepcopy(events) is events


def _debug_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "structlogger.debug":
            yield node


def _uses_of_copy(tree: ast.AST) -> Iterator[ast.Name]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "copy":
            yield node
