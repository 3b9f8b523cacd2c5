"""All actions, built once from the same services."""

from rasa_sdk.interfaces import Action

from actions.base import AssistantAction
from actions.check_tracking import CheckTracking
from actions.choices import ChooseOne
from actions.correction import CorrectDetail
from actions.fallback import Fallback
from actions.feedback import NotHelpful
from actions.follow_up import FollowUpOrder
from actions.give_back import GiveBack
from actions.handover import Complaint, Distress, RequestHuman
from actions.identity_form import AnswerTopic, UseDetails, ValidateIdentityForm
from actions.notify_me import StopNotifications
from actions.open_questions import OpenQuestions
from actions.order_details import ChosenParcel, OrderDetails
from actions.order_topic import OrderTopic
from actions.order_topics import ORDER_TOPICS
from actions.services import Services
from actions.smalltalk import Affirm, Deny, Goodbye, Stop
from actions.statements import (
    AskWhy,
    CancelOrder,
    ChangeOrder,
    GuestCheckout,
    LostDetails,
    OtherLanguage,
    OutOfScope,
    Pleasantry,
    RefundOrReturn,
)
from actions.topics import Topic
from actions.tracking import FindTrackingLink, StatusMeaning

OF_TOPIC = {
    "track_order": Topic.ORDER_STATUS,
    "eta_question": Topic.ETA,
    "tracking_not_updating": Topic.TRACKING,
    "no_tracking_info": Topic.TRACKING,
    "delivered_not_received": Topic.MISSING_PARCEL,
    "missing_item_or_damaged": Topic.MISSING_ITEMS,
    "wrong_address": Topic.ADDRESS,
    "delivery_delayed": Topic.DELAY,
    "click_and_collect": Topic.CLICK_AND_COLLECT,
    "marketplace_order": Topic.MARKETPLACE,
    "case_status": Topic.CASE_STATUS,
    "notify_me": Topic.NOTIFICATIONS,
    "order_details": Topic.ORDER_DETAILS,
}
"""Which topic each intent about an order asks for."""


def build_actions(services: Services) -> tuple[Action, ...]:
    """Return every action that the domain lists, ready to be registered."""
    chosen_parcel = ChosenParcel(services)
    order_details = OrderDetails(services, chosen_parcel)
    topics: dict[Topic, OrderTopic] = {kind.topic: kind(services) for kind in ORDER_TOPICS}
    topics |= {one.topic: one for one in (order_details, chosen_parcel)}
    check_tracking = CheckTracking(services, topics[Topic.TRACKING_HISTORY])
    use_details = UseDetails(services, topics, check_tracking)
    answers = build_answers(services, topics, use_details, order_details)
    fallback = Fallback(use_details, answers)
    choose_one = ChooseOne(use_details, chosen_parcel, answers)
    actions: tuple[AssistantAction, ...] = (
        *topics.values(),
        *_others(answers, topics),
        ValidateIdentityForm(services),
        AnswerTopic(services, topics),
        use_details,
        choose_one,
        CorrectDetail(services, use_details, choose_one),
        Affirm(use_details, answers),
        Deny(use_details, answers),
        Goodbye(services),
        Pleasantry(services),
        AskWhy(services, fallback),
        GuestCheckout(services),
        OtherLanguage(services),
        OutOfScope(use_details, order_details, fallback),
        NotHelpful(services, use_details),
        fallback,
        Distress(services),
        FollowUpOrder(services),
        GiveBack(services),
    )
    open_questions = OpenQuestions({**topics, check_tracking.topic: check_tracking})
    for action in actions:
        action.open_questions = open_questions
    return actions


def _others(
    answers: dict[str, AssistantAction], topics: dict[Topic, OrderTopic]
) -> list[AssistantAction]:
    return [action for action in answers.values() if action not in topics.values()]


def build_answers(
    services: Services,
    topics: dict[Topic, OrderTopic],
    use_details: UseDetails,
    order_details: OrderDetails,
) -> dict[str, AssistantAction]:
    """Return the action for each intent that can be offered or taken up, as the rules have it."""
    answers: dict[str, AssistantAction] = {
        intent: topics[topic] for intent, topic in OF_TOPIC.items()
    }
    people = {
        "request_human": RequestHuman(services, answers),
        "complaint": Complaint(services, answers),
    }
    return {
        **answers,
        **people,
        "check_tracking": use_details.check_tracking,
        "find_tracking_link": FindTrackingLink(services, order_details),
        "status_meaning": StatusMeaning(services, order_details),
        "refund_or_return": RefundOrReturn(
            services, order_details, topics[Topic.ORDER_STATUS], topics[Topic.MARKETPLACE]
        ),
        "cancel_order": CancelOrder(services, order_details),
        "change_order": ChangeOrder(services, order_details, topics[Topic.CLICK_AND_COLLECT]),
        "lost_details": LostDetails(use_details, topics[Topic.MISSING_PARCEL]),
        "stop_or_cancel": Stop(services),
        "stop_notifications": StopNotifications(services),
    }
