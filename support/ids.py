"""The ids that travel through the assistant, so that one cannot be passed for another."""

from typing import NewType

ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
CustomerId = NewType("CustomerId", str)
SenderKey = NewType("SenderKey", str)
"""A keyed hash of where messages come from (an address, a phone number); never the thing itself."""

OrderNumber = NewType("OrderNumber", str)
ParcelId = NewType("ParcelId", str)
LineId = NewType("LineId", str)
TrackingNumber = NewType("TrackingNumber", str)
CarrierId = NewType("CarrierId", str)
CaseReference = NewType("CaseReference", str)
TicketReference = NewType("TicketReference", str)
SellerId = NewType("SellerId", str)
