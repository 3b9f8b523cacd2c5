"""What is asked of outside systems, in the same words whichever product answers.

Each is a verb and what it is about. Listed for those who run the assistant in docs/operations.md.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Operation(StrEnum):
    """What one call is for, as its record names it."""

    READ_ORDER = "read_order"
    LIST_ORDERS = "list_orders"
    NOTE_ORDER = "note_order"
    TRACK_PARCELS = "track_parcels"
    OPEN_CASE = "open_case"
    READ_CASE = "read_case"
    LIST_CASES = "list_cases"
    WITHDRAW_CASE = "withdraw_case"
    OPEN_TICKET = "open_ticket"
    READ_TICKET = "read_ticket"
    LIST_TICKETS = "list_tickets"
    ESCALATE_TICKET = "escalate_ticket"
    OPEN_INCIDENT = "open_incident"
    LIST_SHIPMENTS = "list_shipments"
    SEND_NOTIFICATION = "send_notification"
    SEND_MESSAGE = "send_message"
    FIND_MESSAGE = "find_message"
    SEARCH_CONTACTS = "search_contacts"
    CREATE_CONTACT = "create_contact"
    LIST_CONVERSATIONS = "list_conversations"
    CREATE_CONVERSATION = "create_conversation"
    LIST_MESSAGES = "list_messages"
    CREATE_MESSAGE = "create_message"
    TOGGLE_STATUS = "toggle_status"


OPERATIONS: Final[Mapping[str, frozenset[Operation]]] = MappingProxyType(
    {
        "orders": frozenset({Operation.READ_ORDER, Operation.LIST_ORDERS, Operation.NOTE_ORDER}),
        "australia_post": frozenset({Operation.TRACK_PARCELS}),
        "aftership": frozenset({Operation.TRACK_PARCELS}),
        "cases": frozenset(
            {
                Operation.OPEN_CASE,
                Operation.READ_CASE,
                Operation.LIST_CASES,
                Operation.WITHDRAW_CASE,
            }
        ),
        "marketplace": frozenset(
            {
                Operation.OPEN_TICKET,
                Operation.READ_TICKET,
                Operation.LIST_TICKETS,
                Operation.ESCALATE_TICKET,
                Operation.OPEN_INCIDENT,
                Operation.LIST_ORDERS,
                Operation.LIST_SHIPMENTS,
            }
        ),
        "notifications": frozenset({Operation.SEND_NOTIFICATION}),
        "twilio": frozenset({Operation.SEND_MESSAGE, Operation.FIND_MESSAGE}),
        "whatsapp": frozenset({Operation.SEND_MESSAGE}),
        "messenger": frozenset({Operation.SEND_MESSAGE}),
        "webhook": frozenset({Operation.SEND_MESSAGE}),
        "chatwoot": frozenset(
            {
                Operation.SEARCH_CONTACTS,
                Operation.CREATE_CONTACT,
                Operation.LIST_CONVERSATIONS,
                Operation.CREATE_CONVERSATION,
                Operation.LIST_MESSAGES,
                Operation.CREATE_MESSAGE,
                Operation.TOGGLE_STATUS,
            }
        ),
    }
)
"""By system, what it is asked."""
