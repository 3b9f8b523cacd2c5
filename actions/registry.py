"""All actions, built once from the same services."""

from rasa_sdk.interfaces import Action

from actions.fallback import Fallback
from actions.identity_form import AnswerTopic, UseDetails, ValidateIdentityForm
from actions.order_topics import ORDER_TOPICS, OrderTopic
from actions.services import Services
from actions.smalltalk import Affirm, Deny, Stop
from actions.topics import Topic
from actions.tracking import CheckTracking, FindTrackingLink, StatusMeaning


def build_actions(services: Services) -> tuple[Action, ...]:
    """Return every action that the domain lists, ready to be registered."""
    topics: dict[Topic, OrderTopic] = {kind.topic: kind(services) for kind in ORDER_TOPICS}
    check_tracking = CheckTracking(services, topics[Topic.TRACKING_HISTORY])
    use_details = UseDetails(services, topics, check_tracking)
    return (
        *topics.values(),
        ValidateIdentityForm(services),
        AnswerTopic(services, topics),
        use_details,
        check_tracking,
        FindTrackingLink(services, topics[Topic.ORDER_STATUS]),
        StatusMeaning(services),
        Affirm(services, use_details),
        Deny(services, use_details),
        Stop(services),
        Fallback(services, use_details),
    )
