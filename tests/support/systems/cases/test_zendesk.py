"""What is special about cases that are tickets in Zendesk."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.ids import CaseReference, OrderNumber
from support.systems.answers import value_as
from support.systems.cases.errors import CaseNotFound
from support.systems.cases.models import (
    Case,
    CaseKind,
    CaseRequest,
    CaseSignal,
    CaseState,
    Leaning,
)
from support.systems.cases.zendesk.fields import ZendeskFields
from support.systems.cases.zendesk.mapping import case_of
from support.systems.cases.zendesk.models import OneTicket
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemFailure,
    SystemRateLimited,
    SystemRefused,
    SystemUnreachable,
)
from tests.fakes.zendesk import FIELDS, Zendesk
from tests.support.systems.cases.conftest import zendesk_system

NUMBER = OrderNumber("410200341")
REQUEST = CaseRequest(
    kind=CaseKind.MISSING_PARCEL,
    order_number=NUMBER,
    urgent=True,
    ask_for_proof_of_delivery=True,
    details={"places_checked": "porch"},
)
TICKET: dict[str, Any] = {
    "id": 35436,
    "external_id": f"order:{NUMBER}",
    "status": "new",
    "created_at": "2026-11-20T22:55:29Z",
    "updated_at": "2026-11-21T10:38:52Z",
    "tags": ["order_assistant", "enterprise"],
    "custom_fields": [
        {"id": 27642, "value": "745"},
        {"id": FIELDS["kind"], "value": "missing_parcel"},
    ],
    "due_at": None,
    "group_id": 98738,
    "has_incidents": False,
    "satisfaction_rating": {"comment": "Great support!", "id": 1234, "score": "good"},
    "via": {"channel": "web"},
}


def read(own: dict[str, Any] | None = None, **different: Any) -> Case:
    values = [{"id": FIELDS[name], "value": value} for name, value in (own or {}).items()]
    ticket = TICKET | {"custom_fields": [*values, *TICKET["custom_fields"]]} | different
    answer = value_as(OneTicket, {"ticket": ticket}, system="cases")
    return case_of(answer.ticket, ZendeskFields(**FIELDS), answer.metric_sets)


async def test_what_people_need_is_in_the_ticket_and_nobody_outside_sees_it(
    zendesk: Zendesk, zendesk_client: httpx.AsyncClient
):
    await zendesk_system(zendesk_client).open(REQUEST, idempotency_key="conversation:1")
    searched, created = zendesk.requests
    assert searched.url.params["external_id"] == "order:410200341"
    ticket = json.loads(created.content)["ticket"]
    assert (ticket["subject"], ticket["priority"]) == ("Missing parcel: order 410200341", "urgent")
    assert ticket["comment"] == {
        "body": "Order: 410200341\n"
        "Ask the carrier for proof of delivery: yes\n"
        "Places checked: porch",
        "public": False,
    }
    assert {"id": FIELDS["kind"], "value": "missing_parcel"} in ticket["custom_fields"]
    assert ticket["tags"][0] == "order_assistant"
    assert created.headers["idempotency-key"].startswith("subject_")


async def test_what_helps_to_judge_a_claim_is_in_the_note_for_staff(
    zendesk: Zendesk, zendesk_client: httpx.AsyncClient
):
    signal = CaseSignal(
        code="left_unattended",
        text="Left in a safe place.",
        leaning=Leaning.CUSTOMER,
        source="Australia Post",
        at=datetime(2026, 11, 24, 1, 30, tzinfo=UTC),
    )
    request = REQUEST.model_copy(update={"signals": (signal,)})
    await zendesk_system(zendesk_client).open(request, idempotency_key="conversation:1")
    comment = json.loads(zendesk.requests[1].content)["ticket"]["comment"]
    assert comment["public"] is False
    assert comment["body"].endswith(
        "For staff only, to judge the claim:\n"
        "- Left in a safe place. (Australia Post, 24/11/2026 01:30 UTC)"
    )


async def test_a_ticket_that_was_made_although_no_answer_came_is_found_again(zendesk: Zendesk):
    def lose_the_first(request: httpx.Request) -> httpx.Response:
        answer = zendesk.answer(request)
        if request.method == "POST" and len(zendesk.requests) < 4:
            raise httpx.ReadTimeout("no answer")
        return answer

    async with httpx.AsyncClient(transport=httpx.MockTransport(lose_the_first)) as client:
        system = zendesk_system(client)
        with pytest.raises(SystemUnreachable):
            await system.open(REQUEST, idempotency_key="k1")
        case = await system.open(REQUEST, idempotency_key="k1")
    assert (case.reference, len(zendesk.tickets)) == ("1", 1)


async def test_another_ticket_of_the_desk_is_no_case(
    zendesk: Zendesk, zendesk_client: httpx.AsyncClient
):
    system = zendesk_system(zendesk_client)
    case = await system.open(REQUEST, idempotency_key="k1")
    zendesk.change(1, tags=["vip"])
    with pytest.raises(CaseNotFound):
        await system.case(case.reference)
    assert await system.cases_of(NUMBER) == ()


@pytest.mark.parametrize(
    ("status", "field", "state"),
    [
        ("new", None, CaseState.RECEIVED),
        ("open", None, CaseState.RECEIVED),
        ("open", "with_fulfilment", CaseState.WITH_FULFILMENT),
        ("pending", "with_carrier", CaseState.WAITING_FOR_CUSTOMER),
        ("hold", "proof_received", CaseState.PROOF_RECEIVED),
        ("hold", None, CaseState.UNKNOWN),
        ("hold", "resolved", CaseState.UNKNOWN),
        ("open", "with_the_moon", CaseState.UNKNOWN),
        ("solved", "with_carrier", CaseState.RESOLVED),
        ("closed", None, CaseState.RESOLVED),
        ("snoozed", None, CaseState.UNKNOWN),
    ],
)
def test_statuses_are_read(status: str, field: str | None, state: CaseState):
    assert read({"state": field}, status=status).state is state


def test_when_the_status_changed_is_told_by_the_metrics_or_else_at_the_latest():
    changed = {"status_updated_at": "2026-11-21T09:00:00Z", "solved_at": None}
    known = read(status="pending", metric_set=changed)
    assert known.changed_at == datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert read(status="pending").changed_at == datetime(2026, 11, 21, 10, 38, 52, tzinfo=UTC)


def test_the_next_step_and_the_outcome_are_read_and_an_outcome_only_of_what_is_resolved():
    own = {"next_by": "2026-12-01", "outcome": "Found at the depot."}
    assert read(own, status="open").next_by == date(2026, 12, 1)
    assert read(own, status="open").outcome is None
    assert read(own, status="solved").outcome == "Found at the depot."


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "many"},
        {"status": 3},
        {"created_at": "last week"},
        {"tags": "order_assistant"},
        {"custom_fields": [{"value": "x"}]},
        {"external_id": 410200341},
        {"metric_set": {"status_updated_at": "soon"}},
    ],
)
def test_what_has_the_wrong_type_is_refused(wrong: dict[str, Any]):
    with pytest.raises(SystemAnswerMalformed):
        read(**wrong)


def test_a_day_that_is_none_is_refused():
    with pytest.raises(SystemAnswerMalformed):
        read({"next_by": "soon"})


@given(
    name=st.sampled_from(sorted(TICKET)),
    value=st.none() | st.integers() | st.text(max_size=3) | st.just([]) | st.just({}),
)
def test_whatever_a_field_holds_the_answer_is_a_case_or_our_error(name: str, value: object):
    try:
        case = read(**{name: value})
    except SystemAnswerMalformed:
        return
    assert case.is_open


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (httpx.Response(401, json={"error": "Couldn't authenticate you"}), SystemRefused),
        (httpx.Response(403), SystemRefused),
        (httpx.Response(404, text="<html>"), SystemRefused),
        (httpx.Response(404, json={"error": {"title": "No help desk"}}), SystemRefused),
        (httpx.Response(422, json={"error": "RecordInvalid"}), SystemRefused),
        (httpx.Response(500), SystemRefused),
        (httpx.Response(200, text="<html>"), SystemAnswerMalformed),
        (httpx.Response(200, json={"ticket": TICKET | {"id": 2}}), SystemAnswerMalformed),
        (httpx.ConnectError("refused"), SystemUnreachable),
    ],
)
async def test_every_failure_is_one_of_ours(
    answer: httpx.Response | Exception, failure: type[SystemFailure]
):
    def give(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    async with httpx.AsyncClient(transport=httpx.MockTransport(give)) as client:
        with pytest.raises(failure) as caught:
            await zendesk_system(client).case(CaseReference("35436"))
    assert caught.value.system == "cases"


async def test_a_rate_limit_says_when_to_come_back_and_nothing_is_opened(zendesk: Zendesk):
    def give(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(429, headers={"retry-after": "93"})
        return zendesk.answer(request)

    async with httpx.AsyncClient(transport=httpx.MockTransport(give)) as client:
        with pytest.raises(SystemRateLimited) as caught:
            await zendesk_system(client).open(REQUEST, idempotency_key="k1")
    assert caught.value.retry_after == timedelta(seconds=93)


async def test_who_asks_at_the_same_moment_in_other_words_gets_the_same_ticket(zendesk: Zendesk):
    def see_nothing_yet(request: httpx.Request) -> httpx.Response:
        answer = zendesk.answer(request)
        too_early = request.method == "GET" and len(zendesk.requests) < 4
        return httpx.Response(200, json={"tickets": []}) if too_early else answer

    async with httpx.AsyncClient(transport=httpx.MockTransport(see_nothing_yet)) as client:
        system = zendesk_system(client)
        first = await system.open(REQUEST, idempotency_key="k1")
        other = REQUEST.model_copy(update={"details": {"said": "still nothing"}})
        second = await system.open(other, idempotency_key="k2")
    assert (second.reference, len(zendesk.tickets)) == (first.reference, 1)


def test_the_token_is_not_shown():
    assert "zendesk-token" not in repr(zendesk_system(httpx.AsyncClient()))
