from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rasa.core.policies.memoization import MemoizationPolicy
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from scipy.sparse import csr_matrix, random
from sklearn.linear_model import LogisticRegression

from rasa_runtime.patches.graph import (
    PlannedRunner,
    lay_weights_out_for_sparse_rows,
    plan_graph_runs_once,
    recall_nothing_where_nothing_was_memorised,
)


class Sum(GraphComponent):
    """Adds what it is given."""

    def __init__(self, plus: int = 0) -> None:
        self._plus = plus

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> "Sum":
        return cls(config.get("plus", 0))

    def run(self, first: int, second: int = 0) -> int:
        return first + second + self._plus

    def fail(self, first: int) -> int:
        raise RuntimeError(first)


def node(needs: dict[str, str], plus: int = 0, fn: str = "run") -> SchemaNode:
    return SchemaNode(
        needs=needs, uses=Sum, constructor_name="create", fn=fn, config={"plus": plus}, eager=True
    )


SCHEMA = GraphSchema(
    {
        "both": node({"first": "left", "second": "right"}),
        "left": node({"first": "__start__"}, plus=1),
        "right": node({"first": "left"}, plus=10),
        "not_wanted": node({"first": "left"}, fn="fail"),
    }
)


@pytest.fixture
def stock() -> DaskGraphRunner:
    return DaskGraphRunner(SCHEMA, SimpleNamespace(), ExecutionContext(SCHEMA))


@pytest.mark.parametrize("targets", [["both"], ["left"], ["right", "both"]])
def test_results_are_those_of_rasas_runner(stock: DaskGraphRunner, targets: list[str]):
    inputs = {"__start__": 100}
    expected = stock.run(inputs, targets)
    runner = PlannedRunner(stock)
    assert runner.run(inputs, targets) == runner.run(inputs, targets) == expected


def test_inputs_do_not_stay_for_the_next_run(stock: DaskGraphRunner):
    runner = PlannedRunner(stock)
    assert [runner.run({"__start__": n}, ["both"])["both"] for n in (0, 5)] == [12, 22]


@pytest.mark.parametrize("runner_of", [lambda stock: stock, PlannedRunner])
def test_a_missing_input_is_reported(stock: DaskGraphRunner, runner_of: Any):
    with pytest.raises(GraphRunError, match="Missing input"):
        runner_of(stock).run({}, ["both"])


@pytest.mark.parametrize("runner_of", [lambda stock: stock, PlannedRunner])
def test_a_failing_component_is_reported_alike(stock: DaskGraphRunner, runner_of: Any):
    with pytest.raises(Exception, match="Error running graph component for node not_wanted"):
        runner_of(stock).run({"__start__": 1}, ["not_wanted"])


def test_the_processor_gets_the_planned_runner(stock: DaskGraphRunner):
    processor = SimpleNamespace(graph_runner=stock)
    plan_graph_runs_once(processor)
    assert isinstance(processor.graph_runner, PlannedRunner)


def _processor_with(component: Any, fn: Any = None) -> Any:
    only = SimpleNamespace(_component=component, _fn=fn)
    return SimpleNamespace(graph_runner=SimpleNamespace(_instantiated_nodes={"only": only}))


@pytest.fixture
def rows() -> csr_matrix:
    return random(40, 300, density=0.1, format="csr", random_state=7)


def test_probabilities_stay_the_same_whatever_the_layout(rows: csr_matrix):
    classifier = LogisticRegressionClassifier.__new__(LogisticRegressionClassifier)
    classifier.clf = LogisticRegression().fit(rows, np.arange(40) % 4)
    stock = classifier.clf.predict_proba(rows)
    lay_weights_out_for_sparse_rows(_processor_with(classifier))
    # What scipy multiplies with is the transpose, which it copies unless it is in C order.
    assert classifier.clf.coef_.T.flags.c_contiguous
    np.testing.assert_array_equal(classifier.clf.predict_proba(rows), stock)


@pytest.fixture
def policy() -> MemoizationPolicy:
    policy = MemoizationPolicy.__new__(MemoizationPolicy)
    policy.lookup, policy.priority, policy.config = {}, 3, {}
    return policy


def test_nothing_memorised_predicts_nothing(policy: MemoizationPolicy):
    domain = SimpleNamespace(num_actions=3)
    processor = _processor_with(policy, MemoizationPolicy.predict_action_probabilities)
    recall_nothing_where_nothing_was_memorised(processor)
    prediction = _only_node(processor)._fn(policy, tracker=None, domain=domain, rule_only_data={})
    assert prediction.probabilities == [0.0, 0.0, 0.0]
    assert prediction.policy_priority == 3


def test_what_was_memorised_is_recalled(policy: MemoizationPolicy):
    policy.lookup = {"[]": "action_listen"}
    stock = MemoizationPolicy.predict_action_probabilities
    processor = _processor_with(policy, stock)
    recall_nothing_where_nothing_was_memorised(processor)
    assert _only_node(processor)._fn is stock


def test_rules_are_no_memories():
    policy = RulePolicy.__new__(RulePolicy)
    policy.lookup = {}
    stock = RulePolicy.predict_action_probabilities
    processor = _processor_with(policy, stock)
    recall_nothing_where_nothing_was_memorised(processor)
    assert _only_node(processor)._fn is stock


def _only_node(processor: Any) -> Any:
    return processor.graph_runner._instantiated_nodes["only"]
