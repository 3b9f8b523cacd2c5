"""A conversation over the signed channel: what the worker would send, and what comes back."""

import time
import uuid
from dataclasses import dataclass, field

from gateway.conversation_log import QuickReply
from support.ids import ConversationId, CustomerId, MessageId, SenderKey
from tests.walks.steps import Step, Walk
from worker.rasa_client import RasaClient, RasaMessage, Turn, TurnMetadata

SHOWN_OF_A_MESSAGE = 200
"""Characters of a customer's message that are printed; some walks send thousands."""


@dataclass(frozen=True)
class Exchange:
    """A message, the answer to it, and how long that took."""

    said: str
    messages: tuple[RasaMessage, ...]
    seconds: float

    @property
    def text(self) -> str:
        """What the customer reads, from the first message to the last."""
        return "\n".join(message.text for message in self.messages)

    @property
    def buttons(self) -> tuple[QuickReply, ...]:
        """The buttons that are offered, from the first to the last."""
        return tuple(button for message in self.messages for button in message.quick_replies)

    def __str__(self) -> str:
        titles = " ".join(f"[{button.title}]" for button in self.buttons)
        said = self.said[:SHOWN_OF_A_MESSAGE]
        return f"customer: {said}\nassistant ({self.seconds:.2f} s): {self.text} {titles}"


@dataclass
class Conversation:
    """One walk on its way; `exchanges` is what was said so far."""

    walk: Walk
    client: RasaClient
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    exchanges: list[Exchange] = field(default_factory=list)

    async def take(self, step: Step) -> Exchange:
        """Send a message; the exchange is kept too."""
        turn = self._turn(step)
        started = time.perf_counter()
        answer = await self.client.answer(turn)
        took = time.perf_counter() - started
        exchange = Exchange(turn.payload or turn.text, tuple(answer.messages), took)
        self.exchanges.append(exchange)
        return exchange

    def __str__(self) -> str:
        who = self.walk.signed_in_as or "nobody"
        lines = [f"({self.walk.channel}, signed in: {who})", *map(str, self.exchanges)]
        return "\n".join(lines)

    def _turn(self, step: Step) -> Turn:
        button = self._button(step)
        return Turn(
            conversation_id=ConversationId(self.id),
            message_id=MessageId(uuid.uuid4().hex),
            text=button.title if button else step.text,
            payload=button.payload if button else step.payload,
            metadata=self._metadata(),
        )

    def _button(self, step: Step) -> QuickReply | None:
        offered = self.exchanges[-1].buttons if self.exchanges else ()
        if step.button is None or not offered:
            return None
        return offered[step.button % len(offered)]

    def _metadata(self) -> TurnMetadata:
        customer = self.walk.signed_in_as
        return TurnMetadata(
            channel=self.walk.channel,
            customer_id=CustomerId(customer) if customer else None,
            customer_first_name=None,
            sender_key=SenderKey(self.id),
        )
