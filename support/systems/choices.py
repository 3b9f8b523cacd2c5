"""Which product each outside system is: the settings name it, and `SystemsSettings` is complete."""

from typing import TypeVar

import httpx

from support.systems.cases.http import HttpCaseSystem
from support.systems.cases.interface import CaseSystem
from support.systems.cases.zendesk.adapter import ZendeskCaseSystem
from support.systems.marketplace.http import HttpMarketplace
from support.systems.marketplace.interface import Marketplace
from support.systems.marketplace.mirakl.adapter import MiraklMarketplace
from support.systems.marketplace.mirakl.api import MiraklApi
from support.systems.marketplace.mirakl.orders import OrdersWithSellersParcels
from support.systems.orders.commercetools.adapter import CommercetoolsOrderSystem
from support.systems.orders.commercetools.tokens import ClientCredentials
from support.systems.orders.http import HttpOrderSystem
from support.systems.orders.interface import OrderSystem
from support.systems.settings import SystemsSettings

T = TypeVar("T")


def order_system(settings: SystemsSettings, client: httpx.AsyncClient) -> OrderSystem:
    """Return the order system; with Mirakl it tells what sellers have sent, too."""
    orders = _order_system(settings, client)
    if settings.marketplace == "mirakl":
        return OrdersWithSellersParcels(orders, _mirakl(settings, client))
    return orders


def marketplace(settings: SystemsSettings, client: httpx.AsyncClient) -> Marketplace:
    """Return the Marketplace."""
    if settings.marketplace == "mirakl":
        codes = (settings.mirakl_reasons, settings.mirakl_incidents)
        return MiraklMarketplace(_mirakl(settings, client), *codes)
    return HttpMarketplace(
        client,
        str(_set(settings.marketplace_url)),
        _set(settings.marketplace_key).get_secret_value(),
    )


def _mirakl(settings: SystemsSettings, client: httpx.AsyncClient) -> MiraklApi:
    key = _set(settings.mirakl_key).get_secret_value()
    return MiraklApi(client, str(_set(settings.mirakl_url)), key)


def _order_system(settings: SystemsSettings, client: httpx.AsyncClient) -> OrderSystem:
    if settings.order_system == "commercetools":
        return _commercetools(settings, client)
    return HttpOrderSystem(
        client,
        str(_set(settings.order_system_url)),
        _set(settings.order_system_key).get_secret_value(),
    )


def case_system(settings: SystemsSettings, client: httpx.AsyncClient) -> CaseSystem:
    """Return the case system."""
    if settings.case_system == "zendesk":
        return ZendeskCaseSystem(
            client,
            str(_set(settings.zendesk_url)),
            _set(settings.zendesk_email),
            _set(settings.zendesk_token).get_secret_value(),
            _set(settings.zendesk_fields),
        )
    return HttpCaseSystem(
        client,
        str(_set(settings.case_system_url)),
        _set(settings.case_system_key).get_secret_value(),
    )


def _commercetools(
    settings: SystemsSettings, client: httpx.AsyncClient
) -> CommercetoolsOrderSystem:
    auth = ClientCredentials(
        str(_set(settings.commercetools_auth_url)),
        client_id=_set(settings.commercetools_client_id),
        client_secret=_set(settings.commercetools_client_secret).get_secret_value(),
        scope=settings.commercetools_scope,
    )
    url, project = _set(settings.commercetools_url), _set(settings.commercetools_project)
    return CommercetoolsOrderSystem(client, str(url), project, auth)


def _set(value: T | None) -> T:
    """Return a setting that a chosen system needs; the settings refuse to be without it."""
    if value is None:
        raise ValueError("A setting of a chosen system is missing.")
    return value
