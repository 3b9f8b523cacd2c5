"""What a worker counts, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Histogram

TURN_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0)


class WorkerMetrics:
    """A worker's counters, with a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter(
            "worker_turns",
            "Turns by how they ended: answered, empty, unavailable, failed, refused, not_ours",
            ["outcome"],
            registry=self.registry,
        )
        self.rasa_seconds = Histogram(
            "worker_rasa_seconds",
            "Time one turn took in Rasa",
            buckets=TURN_BUCKETS,
            registry=self.registry,
        )
        self.replies = Counter(
            "worker_replies",
            "Replies by what became of them: appended, repeated, suppressed",
            ["outcome"],
            registry=self.registry,
        )
        self.looks = Counter(
            "worker_looks",
            "Looks by how they ended: told, no_news, not_now, quiet_hours, held_back, failed",
            ["outcome"],
            registry=self.registry,
        )
