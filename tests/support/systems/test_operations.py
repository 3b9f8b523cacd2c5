"""Every adapter's calls name a system and an operation that are listed, in the same words."""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress

import httpx
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from support.ids import (
    CarrierId,
    CaseReference,
    CustomerId,
    LineId,
    OrderNumber,
    SellerId,
    TicketReference,
    TrackingNumber,
)
from support.systems.calls import Outcome
from support.systems.carriers.aftership.adapter import AfterShipTracking
from support.systems.carriers.australia_post.adapter import AustraliaPostTracking
from support.systems.carriers.interface import Asked
from support.systems.cases.http import HttpCaseSystem
from support.systems.cases.models import CaseKind, CaseRequest
from support.systems.cases.zendesk.adapter import ZendeskCaseSystem
from support.systems.desk.chatwoot.models import Contact
from support.systems.desk.models import DeskMessage, Place, Standing
from support.systems.errors import SystemFailure
from support.systems.marketplace.http import HttpMarketplace
from support.systems.marketplace.mirakl.api import MiraklApi
from support.systems.marketplace.models import TicketReason, TicketRequest
from support.systems.messaging.meta.graph import Graph
from support.systems.messaging.models import OutgoingMessage
from support.systems.messaging.twilio.http import TwilioAccount, TwilioSms
from support.systems.messaging.webhook.apps import WebhookApp
from support.systems.messaging.webhook.callbacks import WebhookCallbacks
from support.systems.notifications.http import HttpNotifications
from support.systems.notifications.models import Notification, NotificationChannel
from support.systems.operations import OPERATIONS, Operation
from support.systems.orders.commercetools.adapter import CommercetoolsOrderSystem
from support.systems.orders.http import HttpOrderSystem
from support.systems.orders.models import FulfilmentNote
from support.times import utc_now
from tests.contract.project_files import ROOT
from tests.fakes.webhook_apps import APPS
from tests.orders import order_json, parcel_json
from tests.support.systems.cases.conftest import zendesk_system
from tests.support.systems.desk.conftest import chatwoot_desk
from tests.support.systems.desk.test_contract import OPENING
from tests.support.systems.orders.commercetools import commercetools_order

URL = "http://system.test"
NUMBER = OrderNumber("410200341")
CUSTOMER = CustomerId("c-1001")
CASE = CaseReference("7")
TICKET = TicketReference("t-1")
NOTE = FulfilmentNote(case=CASE, text="The address is wrong.")
ASKED = [Asked(CarrierId("australia_post"), TrackingNumber("JDQ019457101000930308"))]
CASE_REQUEST = CaseRequest(kind=CaseKind.MISSING_PARCEL, order_number=NUMBER)
TICKET_REQUEST = TicketRequest(
    order_number=NUMBER,
    seller_id=SellerId("2000"),
    line_ids=(LineId("1"),),
    reason=TicketReason.LATE,
    message="It is late.",
)
MESSAGE = Notification(
    channel=NotificationChannel.EMAIL, to="sam@example.com", text=SecretStr("Hello")
)
TEXT = OutgoingMessage(key="m-1", to="+61491570006", text="Hello")
TO_AN_APP = TEXT.model_copy(update={"to": "shop-app:user-1"})
NAMED = {name: WebhookApp.model_validate(app) for name, app in APPS.items()}
CONTACT = Contact(id=1)
PLACE = Place(contact="1", conversation="1")
Ask = Callable[[httpx.AsyncClient], Awaitable[object]]


def answer(request: httpx.Request) -> httpx.Response:
    """Know one order and no tickets, and do nothing that is asked for."""
    if request.method != "GET":
        return httpx.Response(403)
    ours = order_json(parcel_json(status="processing", dispatched_at=None))
    kept = ours if request.url.path.startswith("/orders/") else commercetools_order()
    return httpx.Response(200, json={**kept, "tickets": [], "cases": []})


def orders(client: httpx.AsyncClient) -> HttpOrderSystem:
    return HttpOrderSystem(client, URL, "k")


def commercetools(client: httpx.AsyncClient) -> CommercetoolsOrderSystem:
    return CommercetoolsOrderSystem(client, URL, "kmart", httpx.Auth())


def cases(client: httpx.AsyncClient) -> HttpCaseSystem:
    return HttpCaseSystem(client, URL, "k")


def zendesk(client: httpx.AsyncClient) -> ZendeskCaseSystem:
    return zendesk_system(client)


def marketplace(client: httpx.AsyncClient) -> HttpMarketplace:
    return HttpMarketplace(client, URL, "k")


def mirakl(client: httpx.AsyncClient) -> MiraklApi:
    return MiraklApi(client, URL, "k")


def twilio(client: httpx.AsyncClient) -> TwilioSms:
    return TwilioSms(client, URL, TwilioAccount("AC1", SecretStr("t"), sender="+61400000000"))


def graph(system: str, client: httpx.AsyncClient) -> Graph:
    return Graph(system, client, URL, SecretStr("t"))


CALLS: list[tuple[str, Operation, Ask]] = [
    ("orders", Operation.READ_ORDER, lambda client: orders(client).order(NUMBER)),
    ("orders", Operation.LIST_ORDERS, lambda client: orders(client).orders_of(CUSTOMER)),
    ("orders", Operation.LIST_ORDERS, lambda client: orders(client).orders_by_email("a@b.au")),
    ("orders", Operation.NOTE_ORDER, lambda client: orders(client).note(NUMBER, NOTE)),
    ("orders", Operation.READ_ORDER, lambda client: commercetools(client).order(NUMBER)),
    ("orders", Operation.LIST_ORDERS, lambda client: commercetools(client).orders_of(CUSTOMER)),
    ("orders", Operation.NOTE_ORDER, lambda client: commercetools(client).note(NUMBER, NOTE)),
    (
        "australia_post",
        Operation.TRACK_PARCELS,
        lambda client: AustraliaPostTracking(client, URL, "1", "k", "p").track_all(ASKED),
    ),
    (
        "aftership",
        Operation.TRACK_PARCELS,
        lambda client: AfterShipTracking(client, URL, "k").track_all(ASKED),
    ),
    (
        "cases",
        Operation.OPEN_CASE,
        lambda client: cases(client).open(CASE_REQUEST, idempotency_key="k"),
    ),
    ("cases", Operation.READ_CASE, lambda client: cases(client).case(CASE)),
    ("cases", Operation.LIST_CASES, lambda client: cases(client).cases_of(NUMBER)),
    (
        "cases",
        Operation.WITHDRAW_CASE,
        lambda client: cases(client).withdraw(CASE, idempotency_key="k"),
    ),
    (
        "cases",
        Operation.OPEN_CASE,
        lambda client: zendesk(client).open(CASE_REQUEST, idempotency_key="k"),
    ),
    ("cases", Operation.READ_CASE, lambda client: zendesk(client).case(CASE)),
    ("cases", Operation.LIST_CASES, lambda client: zendesk(client).cases_of(NUMBER)),
    (
        "marketplace",
        Operation.OPEN_TICKET,
        lambda client: marketplace(client).open_ticket(TICKET_REQUEST, idempotency_key="k"),
    ),
    ("marketplace", Operation.LIST_TICKETS, lambda client: marketplace(client).tickets_of(NUMBER)),
    (
        "marketplace",
        Operation.ESCALATE_TICKET,
        lambda client: marketplace(client).escalate(TICKET, idempotency_key="k"),
    ),
    ("marketplace", Operation.LIST_ORDERS, lambda client: mirakl(client).orders(NUMBER)),
    ("marketplace", Operation.LIST_ORDERS, lambda client: mirakl(client).orders_by_id(["o-1"])),
    ("marketplace", Operation.LIST_SHIPMENTS, lambda client: mirakl(client).shipments(["o-1"])),
    ("marketplace", Operation.LIST_TICKETS, lambda client: mirakl(client).threads(["o-1"])),
    ("marketplace", Operation.READ_TICKET, lambda client: mirakl(client).thread("t-1")),
    ("marketplace", Operation.OPEN_TICKET, lambda client: mirakl(client).open_thread("o", "{}")),
    ("marketplace", Operation.ESCALATE_TICKET, lambda client: mirakl(client).reply("t-1", "{}")),
    (
        "marketplace",
        Operation.OPEN_INCIDENT,
        lambda client: mirakl(client).open_incident("o-1", "l-1", "1"),
    ),
    (
        "notifications",
        Operation.SEND_NOTIFICATION,
        lambda client: HttpNotifications(client, URL, "k").send(MESSAGE, idempotency_key="k"),
    ),
    ("twilio", Operation.SEND_MESSAGE, lambda client: twilio(client).send(TEXT)),
    (
        "twilio",
        Operation.FIND_MESSAGE,
        lambda client: twilio(client).find(TEXT, since=utc_now(), known=frozenset()),
    ),
    ("whatsapp", Operation.SEND_MESSAGE, lambda client: graph("whatsapp", client).post("m", {})),
    ("messenger", Operation.SEND_MESSAGE, lambda client: graph("messenger", client).post("m", {})),
    (
        "webhook",
        Operation.SEND_MESSAGE,
        lambda client: WebhookCallbacks(client, NAMED).send(TO_AN_APP),
    ),
    (
        "chatwoot",
        Operation.SEARCH_CONTACTS,
        lambda client: chatwoot_desk(URL, client).open(OPENING),
    ),
    ("chatwoot", Operation.CREATE_CONTACT, lambda client: chatwoot_desk(URL, client).open(OPENING)),
    (
        "chatwoot",
        Operation.LIST_CONVERSATIONS,
        lambda client: chatwoot_desk(URL, client)._conversation("c-1", CONTACT),
    ),
    (
        "chatwoot",
        Operation.CREATE_CONVERSATION,
        lambda client: chatwoot_desk(URL, client)._new_conversation(OPENING, CONTACT),
    ),
    (
        "chatwoot",
        Operation.LIST_MESSAGES,
        lambda client: chatwoot_desk(URL, client).find(PLACE, "m-1"),
    ),
    (
        "chatwoot",
        Operation.CREATE_MESSAGE,
        lambda client: chatwoot_desk(URL, client).tell(PLACE, DeskMessage(key="m-1", text="Hi")),
    ),
    (
        "chatwoot",
        Operation.TOGGLE_STATUS,
        lambda client: chatwoot_desk(URL, client).stand(PLACE, Standing.ENDED),
    ),
]


@pytest.mark.parametrize(("system", "operation", "ask"), CALLS)
async def test_a_call_is_recorded_under_its_operation(
    system: str, operation: Operation, ask: Ask
) -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        with capture_logs() as logs, suppress(SystemFailure):
            await ask(client)

    called = [(log["system"], log["operation"]) for log in logs if log["event"] == "system.called"]
    assert (system, operation) in called
    assert all(one in OPERATIONS[name] for name, one in called)


def test_every_listed_operation_is_asked_by_an_adapter() -> None:
    asked = {(system, operation) for system, operation, _ in CALLS}

    assert asked == {
        (system, operation) for system, several in OPERATIONS.items() for operation in several
    }


def test_the_page_for_operators_lists_the_same() -> None:
    assert dict(documented()) == {system: set(several) for system, several in OPERATIONS.items()}


def documented() -> Iterator[tuple[str, set[str]]]:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    _, _, table = page.partition("| system | what it is asked")
    for row in table.partition("\n\n")[0].splitlines()[2:]:
        system, *operations = re.findall(r"`(\w+)`", row)
        yield system, set(operations)


@pytest.mark.parametrize(
    ("status", "outcome"), [(201, Outcome.OK), (400, Outcome.REFUSED), (429, Outcome.RATE_LIMITED)]
)
async def test_how_a_message_was_taken_is_recorded(status: int, outcome: Outcome) -> None:
    told = httpx.MockTransport(lambda _: httpx.Response(status, json={"sid": "SM1", "code": 1}))
    async with httpx.AsyncClient(transport=told) as client:
        with capture_logs() as logs, suppress(SystemFailure):
            await twilio(client).send(TEXT)

    assert [log["outcome"] for log in logs if log["event"] == "system.called"] == [outcome]
