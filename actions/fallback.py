"""When a message was not understood."""

from actions.base import AssistantAction
from actions.identity_form import UseDetails
from actions.reply import QuickReply, Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn

_CHOICES = (
    QuickReply("Where is my order?", "/track_order"),
    QuickReply("It says delivered, but it isn't here", "/delivered_not_received"),
    QuickReply("It's late", "/delivery_delayed"),
    QuickReply("Something else", "/out_of_scope"),
)


class Fallback(AssistantAction):
    """Asks again, offers choices the second time, and other ways to get help the third."""

    action_name = "action_fallback"

    def __init__(self, services: Services, use_details: UseDetails) -> None:
        super().__init__(services)
        self.use_details = use_details

    async def answer(self, turn: Turn) -> Reply:
        """Take up details that were recognised; else say that the message was not understood."""
        if turn.gave_identity:
            return await self.use_details.answer(turn)
        failures = int(float(turn.slot("failures") or 0)) + 1
        return Reply(
            says=(self._say(failures),),
            slots={"failures": failures},
            then=turn.active_form if failures == 1 else None,
        )

    @staticmethod
    def _say(failures: int) -> Say:
        match failures:
            case 1:
                return Say(ResponseKey.NOT_UNDERSTOOD)
            case 2:
                return Say(ResponseKey.NOT_UNDERSTOOD_AGAIN, quick_replies=_CHOICES)
            case _:
                return Say(ResponseKey.NOT_UNDERSTOOD_OFTEN)
