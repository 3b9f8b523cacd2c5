"""Everything the assistant may know or not know from what was published."""

from enum import StrEnum


class KnowledgeKey(StrEnum):
    """The key of an entry; each has exactly one, in one of the YAML files beside this one."""

    # delivery
    STANDARD_METRO = "delivery.standard_metro"
    STANDARD_REGIONAL = "delivery.standard_regional"
    STANDARD_REMOTE = "delivery.standard_remote"
    EXPRESS_METRO = "delivery.express_metro"
    EXPRESS_METRO_ONLY = "delivery.express_metro_only"
    PROCESSING = "delivery.processing"
    SEVERAL_PACKAGES = "delivery.several_packages"
    UNDELIVERABLE_REFUNDED = "delivery.undeliverable_refunded"
    # tracking
    TRACKING_UPDATES = "tracking.updates"
    TRACKING_AFTER_SHIPPING = "tracking.after_shipping"
    SCAN_GAPS = "tracking.scan_gaps"
    TRACKING_WORRYING = "tracking.worrying"
    # address
    ADDRESS_FIXED_AFTER_ORDERING = "address.fixed_after_ordering"
    ADDRESS_BEFORE_DISPATCH = "address.before_dispatch"
    REDIRECT_OR_RECALL = "address.redirect_or_recall"
    NO_POST_BOXES = "address.no_post_boxes"
    # missing parcel
    CHECKS_FIRST = "missing_parcel.checks_first"
    INVESTIGATION = "missing_parcel.investigation"
    WAIT_AFTER_DELIVERED = "missing_parcel.wait_after_delivered"
    INVESTIGATION_TIME = "missing_parcel.investigation_time"
    LATE_ITEMS_ARRIVE = "missing_parcel.late_items_arrive"
    PROOF_OF_DELIVERY = "missing_parcel.proof_of_delivery"
    # delay
    OFFER_REFUND = "delay.offer_refund"
    OFFER_RETURN = "delay.offer_return"
    OFFER_ALTERNATIVE = "delay.offer_alternative"
    SERVICE_ALERTS = "delay.service_alerts"
    SELLER_ANSWERS_FOR_DELIVERY = "delay.seller_answers_for_delivery"
    DELIVERY_FEE_REFUND = "delay.delivery_fee_refund"
    # click and collect
    COLLECT_CUT_OFF = "click_and_collect.cut_off"
    COLLECT_READY_FROM = "click_and_collect.ready_from"
    COLLECT_ONEPASS = "click_and_collect.onepass"
    COLLECT_BRING = "click_and_collect.bring"
    COLLECT_BY_OTHERS = "click_and_collect.by_others"
    COLLECT_RESEND = "click_and_collect.resend"
    COLLECT_HOLDING = "click_and_collect.holding"
    COLLECT_NOT_ELIGIBLE = "click_and_collect.not_eligible"
    # marketplace
    MARKETPLACE_TICKET = "marketplace.ticket"
    MARKETPLACE_OWN_TIMES = "marketplace.own_times"
    MARKETPLACE_REPLY = "marketplace.reply"
    MARKETPLACE_RESOLVED = "marketplace.resolved"
    MARKETPLACE_RETURNS = "marketplace.returns"
    # change of mind
    CHANGE_OF_MIND = "returns.change_of_mind"
    CHANGE_OF_MIND_ONEPASS = "returns.change_of_mind_onepass"
    # carriers
    POST_OFFICE_HOLDING = "carriers.post_office_holding"
    PARCEL_LOCKER_HOLDING = "carriers.parcel_locker_holding"
    AUSPOST_REDIRECT = "carriers.auspost_redirect"
    # contact
    TRACK_PAGE = "contact.track_page"
    CONTACT_PAGE = "contact.contact_page"
    PHONE = "contact.phone"
    CHAT_HOURS = "contact.chat_hours"
    # identity
    NEVER_ASKS_CODES = "identity.never_asks_codes"
