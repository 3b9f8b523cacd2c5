"""When a message was not understood."""

from dataclasses import replace

from actions.identity import ask_again
from actions.identity_form import DetailsFirst
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.turn import Turn


class Fallback(DetailsFirst):
    """Asks again, offers choices the second time, and other ways to get help the third."""

    action_name = "action_fallback"

    async def answer_without_details(self, turn: Turn) -> Reply:
        """Say that the message was not understood, each time in another way."""
        failures = int(float(turn.slot("failures") or 0)) + 1
        if turn.active_form and failures == 1:
            asked = ask_again(turn, Say(ResponseKey.NOT_UNDERSTOOD_DETAIL))
            return replace(asked, slots={**asked.slots, "failures": failures})
        return Reply(says=(self._say(failures),), slots={"failures": failures})

    @staticmethod
    def _say(failures: int) -> Say:
        match failures:
            case 1:
                return Say(ResponseKey.NOT_UNDERSTOOD)
            case 2:
                return Say(ResponseKey.NOT_UNDERSTOOD_AGAIN)
            case _:
                return Say(ResponseKey.NOT_UNDERSTOOD_OFTEN)
