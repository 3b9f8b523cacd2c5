"""Details that are taken back: with the right one at hand, or without."""

from actions.choices import ChooseOne, is_choice
from actions.identity_form import DetailsFirst, UseDetails
from actions.identity_questions import ask_again, put
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.identity import NextStep
from support.decisions.wrong_detail import WrongDetail, wrong_detail


class CorrectDetail(DetailsFirst):
    """The customer corrects a detail, or says that one is wrong."""

    action_name = "action_correct_detail"

    def __init__(self, services: Services, use_details: UseDetails, choose: ChooseOne) -> None:
        super().__init__(services, use_details)
        self.choose = choose

    async def answer_without_details(self, turn: Turn) -> Reply:
        """Forget the wrong one and ask for the right one; ask which, where that is not said."""
        if turn.said("tracking_number"):
            return await self.use_details.answer(turn)
        if is_choice(turn):
            return await self.choose.answer(turn)
        match _wrong(turn):
            case WrongDetail.CONTACT:
                return _ask_for_contact(turn)
            case WrongDetail.ORDER_NUMBER:
                return _ask_for_number(turn)
            case None if turn.active_form:
                return ask_again(turn, Say(ResponseKey.DETAIL_NOT_RECOGNISED))
            case None:
                return Reply(says=(Say(ResponseKey.WHICH_DETAIL_IS_WRONG),))


def _wrong(turn: Turn) -> WrongDetail | None:
    if turn.taken_back("email", "phone"):
        return WrongDetail.CONTACT
    if turn.taken_back("order_number"):
        return WrongDetail.ORDER_NUMBER
    return wrong_detail(
        turn.text, has_order_number=bool(_number(turn)), has_contact=bool(_contact(turn))
    )


def _ask_for_contact(turn: Turn) -> Reply:
    number = _number(turn)
    step = NextStep.ASK_CONTACT if number else NextStep.ASK_ORDER_NUMBER
    slots = {"contact": None, "tried_contact": None, "order_number": number}
    return put(turn, step, 0, Say(ResponseKey.DETAIL_FORGOTTEN), slots=slots)


def _ask_for_number(turn: Turn) -> Reply:
    slots = {"order_number": None, "tried_order_number": None, "contact": _contact(turn)}
    says = Say(ResponseKey.DETAIL_FORGOTTEN)
    return put(turn, NextStep.ASK_ORDER_NUMBER, 0, says, slots=slots)


def _number(turn: Turn) -> str | None:
    return next(iter(turn.order_numbers), None) or turn.slot("tried_order_number")


def _contact(turn: Turn) -> str | None:
    return turn.contact or turn.slot("tried_contact")
