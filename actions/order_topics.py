"""All topics about an order."""

from actions.address import WrongAddress
from actions.case_status import CaseStatus
from actions.click_and_collect import ClickAndCollect
from actions.delay import DeliveryDelayed
from actions.marketplace import MarketplaceOrder
from actions.missing_items import MissingItems
from actions.missing_parcel import MissingParcel
from actions.notify_me import NotifyMe
from actions.order_topic import OrderTopic
from actions.status_topics import EtaQuestion, OrderStatus
from actions.tracking_topics import TrackingHistory, TrackingTrouble

ORDER_TOPICS: tuple[type[OrderTopic], ...] = (
    OrderStatus,
    EtaQuestion,
    TrackingHistory,
    TrackingTrouble,
    MissingParcel,
    MissingItems,
    WrongAddress,
    DeliveryDelayed,
    ClickAndCollect,
    MarketplaceOrder,
    CaseStatus,
    NotifyMe,
)
