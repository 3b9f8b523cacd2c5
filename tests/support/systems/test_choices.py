"""Which product an outside system is, as the settings say."""

from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from support.systems.cases.http import HttpCaseSystem
from support.systems.cases.zendesk.adapter import ZendeskCaseSystem
from support.systems.choices import case_system, marketplace, order_system
from support.systems.marketplace.http import HttpMarketplace
from support.systems.marketplace.mirakl.adapter import MiraklMarketplace
from support.systems.marketplace.mirakl.orders import OrdersWithSellersParcels
from support.systems.orders.commercetools.adapter import CommercetoolsOrderSystem
from support.systems.orders.http import HttpOrderSystem
from support.systems.settings import SystemsSettings
from tests.fakes.zendesk import FIELDS

OURS = {
    "order_system_url": "http://orders.test",
    "order_system_key": "key",
    "australia_post_url": "http://auspost.test",
    "australia_post_account": "1",
    "australia_post_key": "key",
    "australia_post_password": "password",
    "case_system_url": "http://cases.test",
    "case_system_key": "key",
    "marketplace_url": "http://marketplace.test",
    "marketplace_key": "key",
    "notifications_url": "http://sender.test",
    "notifications_key": "key",
}
COMMERCETOOLS = {
    "order_system": "commercetools",
    "commercetools_url": "https://api.test",
    "commercetools_auth_url": "https://auth.test",
    "commercetools_project": "kmart",
    "commercetools_client_id": "client",
    "commercetools_client_secret": "very-secret",
}


ZENDESK = {
    "case_system": "zendesk",
    "zendesk_url": "https://kmart.zendesk.test",
    "zendesk_email": "assistant@kmart.test",
    "zendesk_token": "very-secret",
    "zendesk_fields": FIELDS,
}


MIRAKL = {
    "marketplace": "mirakl",
    "mirakl_url": "https://kmart.mirakl.test",
    "mirakl_key": "very-secret",
}


def settings(**different: Any) -> SystemsSettings:
    return SystemsSettings(_env_file=None, **(OURS | different))


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [
        pytest.param({}, HttpOrderSystem, id="ours"),
        pytest.param(COMMERCETOOLS, CommercetoolsOrderSystem, id="commercetools"),
    ],
)
async def test_the_settings_choose_the_order_system(chosen: dict[str, Any], kind: type):
    async with httpx.AsyncClient() as client:
        assert type(order_system(settings(**chosen), client)) is kind


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [
        pytest.param({}, HttpCaseSystem, id="ours"),
        pytest.param(ZENDESK, ZendeskCaseSystem, id="zendesk"),
    ],
)
async def test_the_settings_choose_the_case_system(chosen: dict[str, Any], kind: type):
    async with httpx.AsyncClient() as client:
        assert type(case_system(settings(**chosen), client)) is kind


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [
        pytest.param({}, HttpMarketplace, id="ours"),
        pytest.param(MIRAKL, MiraklMarketplace, id="mirakl"),
    ],
)
async def test_the_settings_choose_the_marketplace(chosen: dict[str, Any], kind: type):
    async with httpx.AsyncClient() as client:
        assert type(marketplace(settings(**chosen), client)) is kind


async def test_with_mirakl_orders_tell_what_sellers_have_sent():
    async with httpx.AsyncClient() as client:
        orders = order_system(settings(**MIRAKL, **COMMERCETOOLS), client)
    assert isinstance(orders, OrdersWithSellersParcels)
    assert isinstance(orders.orders, CommercetoolsOrderSystem)


CHOICES = [COMMERCETOOLS, ZENDESK, MIRAKL]


@pytest.mark.parametrize(
    ("chosen", "left_out"),
    [(chosen, name) for chosen in CHOICES for name in list(chosen)[1:]]
    + [({}, "order_system_url"), ({}, "order_system_key")],
)
def test_a_chosen_system_needs_all_its_settings(chosen: dict[str, Any], left_out: str):
    with pytest.raises(ValidationError, match=left_out.upper()):
        settings(**(chosen | {left_out: None}))


def test_an_unknown_product_is_refused():
    with pytest.raises(ValidationError, match="order_system"):
        settings(order_system="spreadsheet")
