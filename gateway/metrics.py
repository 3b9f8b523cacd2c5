"""What the gateway counts, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

ANSWER_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 300.0)


class GatewayMetrics:
    """The gateway's counters, each app with its own registry."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages_accepted = Counter(
            "gateway_messages_accepted",
            "Customer messages taken into the log",
            registry=self.registry,
        )
        self.messages_repeated = Counter(
            "gateway_messages_repeated",
            "Customer messages that were in the log already",
            registry=self.registry,
        )
        self.conversations = Counter(
            "gateway_conversations_created", "Conversations started", registry=self.registry
        )
        self.replies = Counter(
            "gateway_replies_delivered",
            "Messages handed to open streams, by who said them",
            ["sender"],
            registry=self.registry,
        )
        self.turn_seconds = Histogram(
            "gateway_turn_seconds",
            "From taking a customer's message to handing its first answer to an open stream",
            buckets=ANSWER_BUCKETS,
            registry=self.registry,
        )
        self.errors = Counter(
            "gateway_errors", "Answers of 400 and above, by status", ["status"],
            registry=self.registry,
        )  # fmt: skip
        self.ratings = Counter(
            "gateway_conversation_ratings",
            "Conversations that customers rated, by score",
            ["score"],
            registry=self.registry,
        )
        self.open_streams = Gauge(
            "gateway_open_streams", "Event streams open now", registry=self.registry
        )

    def render(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        return generate_latest(self.registry)
