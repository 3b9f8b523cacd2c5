"""How Rasa runs the trained components."""

from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any, TypeVar

import numpy as np
from rasa.core.policies.memoization import MemoizationPolicy
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.core.domain import Domain

C = TypeVar("C")
Step = tuple[str, tuple[str, ...]]
"""A node's name, and the names of what it is given."""


def plan_graph_runs_once(processor: MessageProcessor) -> None:
    """Run the components in an order that is worked out once.

    Rasa hands the graph to dask, which minimises and orders it anew at every call, two to five
    times a turn, to run it on one thread.
    """
    processor.graph_runner = PlannedRunner(processor.graph_runner)


class PlannedRunner:
    """Runs the nodes of Rasa's own runner one after the other."""

    def __init__(self, runner: DaskGraphRunner) -> None:
        self._nodes: dict[str, GraphNode] = runner._instantiated_nodes  # noqa: SLF001
        self._schema: GraphSchema = runner._graph_schema  # noqa: SLF001
        self._plans: dict[tuple[str, ...], list[Step]] = {}

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Return what the targets' nodes put out; raise GraphRunError if a node cannot run."""
        wanted = tuple(targets or self._schema.target_names)
        results = {name: (name, value) for name, value in (inputs or {}).items()}
        try:
            for name, needs in self._plan(wanted):
                # A need that nobody provides is passed as its name, which the node reports.
                results[name] = self._nodes[name](*(results.get(need, need) for need in needs))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return dict(results[name] for name in wanted)

    def _plan(self, targets: tuple[str, ...]) -> list[Step]:
        if targets not in self._plans:
            self._plans[targets] = _steps(self._schema.minimal_graph_schema(list(targets)))
        return self._plans[targets]


def _steps(schema: GraphSchema) -> list[Step]:
    needs = {name: tuple(node.needs.values()) for name, node in schema.nodes.items()}
    order = TopologicalSorter(needs).static_order()
    return [(name, needs[name]) for name in order if name in needs]


def lay_weights_out_for_sparse_rows(processor: MessageProcessor) -> None:
    """Keep the classifier's weights in the order in which a sparse row is multiplied with them.

    Otherwise scipy copies all of them, several megabytes, for every message.
    """
    for _, classifier in nodes_with(LogisticRegressionClassifier, processor.graph_runner):
        classifier.clf.coef_ = np.asfortranarray(classifier.clf.coef_)


def recall_nothing_where_nothing_was_memorised(processor: MessageProcessor) -> None:
    """Skip MemoizationPolicy's look-up where there were no stories to memorise.

    It would replay the conversation and write its states as JSON, only to find nothing.
    """
    for node, policy in nodes_with(MemoizationPolicy, processor.graph_runner):
        # Not RulePolicy, which is built upon it.
        if type(policy) is MemoizationPolicy and not policy.lookup:
            node._fn = _recall_nothing  # noqa: SLF001 what the node calls


def _recall_nothing(policy: MemoizationPolicy, *, domain: Domain, **_: Any) -> PolicyPrediction:
    return policy._prediction(policy._default_predictions(domain))  # noqa: SLF001 as Rasa does


def nodes_with(kind: type[C], runner: DaskGraphRunner) -> Iterator[tuple[GraphNode, C]]:
    """Yield the nodes that run a component of this kind, with the component."""
    for node in runner._instantiated_nodes.values():  # noqa: SLF001
        component = node._component  # noqa: SLF001
        if isinstance(component, kind):
            yield node, component
