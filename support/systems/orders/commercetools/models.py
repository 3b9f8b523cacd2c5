"""What we read of commercetools' answers, in its own words; whatever else is there is ignored.

Source: docs.commercetools.com, Orders. A field of another type than theirs is refused.
"""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Localised = dict[str, str]


class _Record(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True
    )


class CustomFields(_Record):
    """The retailer's own fields."""

    fields: dict[str, Any] = Field(default_factory=dict)


class _HasCustom(_Record):
    custom: CustomFields = CustomFields()

    def own(self, name: str) -> object:
        """Return one of the retailer's own fields, None where it is not set."""
        return self.custom.fields.get(name)


class Named(_Record):
    """A state or a shipping method, as far as its key goes."""

    key: str | None = None


class NamedReference(_Record):
    """A reference; `obj` is there when it was expanded."""

    id: str | None = None
    obj: Named | None = None


class StoreReference(_Record):
    """The store (a brand's shop front) in which the order was placed."""

    key: str | None = None


class ItemState(_Record):
    """How many pieces of a line are in a state."""

    quantity: int = Field(ge=0)
    state: NamedReference


class Variant(_Record):
    """The product that was bought."""

    sku: str | None = None


class LineItem(_HasCustom):
    """One product, or, among the custom line items, one service."""

    id: str
    name: Localised
    quantity: int = Field(ge=0)
    variant: Variant = Variant()
    state: tuple[ItemState, ...] = ()


class TrackingData(_Record):
    """Who carries a parcel, under which number; a return goes the other way."""

    tracking_id: str | None = None
    carrier: str | None = None
    provider: str | None = None
    is_return: bool = False


class DeliveryItem(_Record):
    """How many pieces of a line go along."""

    id: str
    quantity: int = Field(ge=0)


class Parcel(_HasCustom):
    """One box of a delivery."""

    id: str
    created_at: AwareDatetime | None = None
    tracking_data: TrackingData | None = None
    items: tuple[DeliveryItem, ...] = ()


class Delivery(_HasCustom):
    """What was sent at one time."""

    id: str
    created_at: AwareDatetime | None = None
    items: tuple[DeliveryItem, ...] = ()
    parcels: tuple[Parcel, ...] = ()


class ShippingInfo(_Record):
    """How it goes, and what has gone."""

    shipping_method_name: str | None = None
    shipping_method: NamedReference | None = None
    deliveries: tuple[Delivery, ...] = ()


class Shipping(_Record):
    """One of several ways in which an order goes (shipping mode `Multiple`)."""

    shipping_info: ShippingInfo | None = None


class Address(_Record):
    """An address, with the person it belongs to."""

    first_name: str | None = None
    street_name: str | None = None
    street_number: str | None = None
    additional_street_info: str | None = None
    apartment: str | None = None
    building: str | None = None
    city: str | None = None
    state: str | None = None
    region: str | None = None
    postal_code: str | None = None
    phone: str | None = None
    mobile: str | None = None
    email: str | None = None


class Money(_Record):
    """An amount in the currency's smallest unit."""

    cent_amount: int
    fraction_digits: int = 2


class Transaction(_Record):
    """Money that went one way or the other."""

    type: str
    state: str | None = None
    timestamp: AwareDatetime | None = None
    amount: Money


class Payment(_Record):
    """A payment with its transactions."""

    transactions: tuple[Transaction, ...] = ()


class PaymentReference(_Record):
    """A reference; `obj` is there when it was expanded."""

    obj: Payment | None = None


class PaymentInfo(_Record):
    """The order's payments."""

    payments: tuple[PaymentReference, ...] = ()


class CommercetoolsOrder(_HasCustom):
    """One order. `version` rises with every change and must be named by whoever changes it."""

    id: str
    version: int
    order_number: str | None = None
    created_at: AwareDatetime
    completed_at: AwareDatetime | None = None
    last_modified_at: AwareDatetime | None = None
    customer_id: str | None = None
    customer_email: str | None = None
    store: StoreReference | None = None
    order_state: str | None = None
    shipment_state: str | None = None
    shipping_address: Address | None = None
    billing_address: Address | None = None
    shipping_info: ShippingInfo | None = None
    shipping: tuple[Shipping, ...] = ()
    line_items: tuple[LineItem, ...] = ()
    custom_line_items: tuple[LineItem, ...] = ()
    payment_info: PaymentInfo | None = None

    @property
    def lines(self) -> tuple[LineItem, ...]:
        """Everything that was ordered."""
        return (*self.line_items, *self.custom_line_items)

    @property
    def shipments(self) -> tuple[ShippingInfo, ...]:
        """Every way in which it goes: one, or several in the mode `Multiple`."""
        several = (one.shipping_info for one in self.shipping)
        return tuple(info for info in (self.shipping_info, *several) if info is not None)

    @property
    def placed_at(self) -> datetime:
        """When it was placed; orders that were imported say so themselves."""
        return self.completed_at or self.created_at


class Page(_Record):
    """A page of a list; each entry is read by itself, so that one cannot spoil the others."""

    results: tuple[object, ...]
    total: int | None = None
