"""What customers want: one word per topic, the same in data, actions, decisions and tests."""

from enum import StrEnum


class Topic(StrEnum):
    """What is answered once the order is known."""

    ORDER_STATUS = "order_status"
    ETA = "eta"
    TRACKING = "tracking"
    TRACKING_HISTORY = "tracking_history"
    MISSING_PARCEL = "missing_parcel"
    MISSING_ITEMS = "missing_items"
    ADDRESS = "address"
    DELAY = "delay"
    CLICK_AND_COLLECT = "click_and_collect"
    MARKETPLACE = "marketplace"
    CASE_STATUS = "case_status"
    NOTIFICATIONS = "notifications"
    ORDER_DETAILS = "order_details"
    PARCEL = "parcel"
    TRACKING_NUMBER = "tracking_number"
    """A number that is followed by itself, without its order."""
