"""What customers want, by what their messages were taken for; the words are those of the topics."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NOT_UNDERSTOOD: Final = "nlu_fallback"

PROBLEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "track_order": "order_status",
        "status_meaning": "order_status",
        "eta_question": "eta",
        "check_tracking": "tracking",
        "find_tracking_link": "tracking",
        "tracking_not_updating": "tracking",
        "no_tracking_info": "tracking",
        "delivered_not_received": "missing_parcel",
        "missing_item_or_damaged": "missing_items",
        "wrong_address": "address",
        "delivery_delayed": "delay",
        "click_and_collect": "click_and_collect",
        "marketplace_order": "marketplace",
        "case_status": "case_status",
        "order_details": "order_details",
        "notify_me": "notifications",
        "stop_notifications": "notifications",
        "refund_or_return": "refund_or_return",
        "cancel_order": "cancel_order",
        "change_order": "change_order",
        "guest_checkout": "identification",
        "lost_details": "identification",
        "request_human": "person",
        "complaint": "person",
        "distress": "person",
        "out_of_scope": "out_of_scope",
        "other_language": "other_language",
    }
)
"""Intent -> problem. The last ones are no topics: nothing of an order is looked up for them."""

NO_PROBLEM: Final = frozenset(
    {
        "provide_details",
        "correct_detail",
        "ask_again",
        "ask_why",
        "choose_one",
        "not_helpful",
        "affirm",
        "deny",
        "greet",
        "goodbye",
        "thanks",
        "bot_challenge",
        "stop_or_cancel",
        "follow_up",
        "give_back",
        NOT_UNDERSTOOD,
    }
)
"""What answers a question, is small talk, or was said by nobody."""
