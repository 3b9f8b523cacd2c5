"""Changes of owner without a desk, for tests of what follows from them."""

from collections.abc import Mapping

from gateway.conversation_log import ConversationLog
from gateway.conversation_log.dress import Dressed
from gateway.handover import Agent, AgentId, records
from gateway.handover.dressing import Happening, dress
from gateway.ownership import Change, Guard, Ownership, OwnershipEvent
from support.ids import ConversationId
from support.times import utc_now

KIM = Agent(agent_id=AgentId("kim"), first_name="Kim")
LEE = Agent(agent_id=AgentId("lee"), first_name="Lee")


async def change_owner(
    log: ConversationLog,
    conversation_id: ConversationId,
    event: OwnershipEvent,
    guard: Guard = Guard.ALWAYS,
) -> Ownership:
    """Let an event change the owner of a conversation."""
    happening = Happening(event, utc_now(), guard, agent=KIM)

    def dressed(meta: Mapping[str, str], change: Change) -> Dressed:
        return dress(records.held(conversation_id, meta), change, happening)

    return await log.change_owner(conversation_id, event, guard, dress=dressed)
