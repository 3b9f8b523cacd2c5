from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.ids import TrackingNumber
from support.systems.carriers.australia_post.adapter import AustraliaPostTracking
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemFailure,
    SystemRateLimited,
    SystemRefused,
    SystemUnreachable,
)
from tests.support.systems.carriers.bodies import (
    DELIVERED,
    NUMBER,
    ONBOARD,
    SCANNED,
    SHARED,
    Json,
    answer,
    article,
    rate_limited,
    refused,
    result,
    scan,
    shared_body,
)

URL = "http://carrier.test"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


async def track(
    body: object = None,
    *,
    number: str = NUMBER,
    respond: Callable[[httpx.Request], httpx.Response] | None = None,
) -> TrackingReport:
    transport = httpx.MockTransport(respond or (lambda _: httpx.Response(200, json=body)))
    async with httpx.AsyncClient(transport=transport) as client:
        adapter = AustraliaPostTracking(
            client, URL, "0000123456", "key", "password", now=lambda: NOW
        )
        asked = Asked(AUSTRALIA_POST, TrackingNumber(number))
        told = (await adapter.track_all([asked]))[asked]
    if isinstance(told, TrackingReport):
        return told
    raise told


async def test_the_request_is_the_endpoints():
    asked: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=answer(result(article(status="Created"))))

    await track(respond=respond)
    assert str(asked[0].url) == f"{URL}/shipping/v1/track?tracking_ids={NUMBER}"
    assert asked[0].headers["account-number"] == "0000123456"
    assert asked[0].headers["authorization"] == "Basic a2V5OnBhc3N3b3Jk"


async def test_credentials_are_not_shown():
    async with httpx.AsyncClient() as client:
        shown = repr(AustraliaPostTracking(client, URL, "1", "kk-key", "pp-word"))
    assert "kk-key" not in shown
    assert "pp-word" not in shown


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (refused(code="ESB-10001", name="Invalid tracking ID"), TrackingNotFound),
        (refused(error_code="ESB-10001", message="Invalid tracking ID"), TrackingNotFound),
        (refused(message="Product not found"), TrackingNotFound),
        (refused(code="API_002", message="Too many requests"), SystemRateLimited),
        (rate_limited(), SystemRateLimited),
        (refused(code="51102", name="The service is not available"), SystemRefused),
        (refused(), SystemRefused),
        (answer(), SystemAnswerMalformed),
        (
            answer(result(article(status="Delivered", number="A"), number="OTHER")),
            SystemAnswerMalformed,
        ),
        (answer({"tracking_id": NUMBER}), SystemAnswerMalformed),
        ({}, SystemAnswerMalformed),
        ([], SystemAnswerMalformed),
        ("Delivered", SystemAnswerMalformed),
    ],
)
async def test_what_tells_nothing_is_the_right_failure(body: object, failure: type[Exception]):
    with pytest.raises(failure):
        await track(body)


@pytest.mark.parametrize(
    ("response", "failure"),
    [
        (httpx.Response(429, json=rate_limited(), headers={"retry-after": "9"}), SystemRateLimited),
        (httpx.Response(500), SystemRefused),
        (httpx.Response(401), SystemRefused),
        (httpx.Response(404, json={}), SystemRefused),
        (httpx.Response(404, json=refused(code="ESB-10001")), TrackingNotFound),
        (httpx.Response(200, text="<html>"), SystemAnswerMalformed),
        (httpx.Response(200, text="[" * 100_000), SystemAnswerMalformed),
    ],
)
async def test_failing_statuses_and_bodies_are_ours(
    response: httpx.Response, failure: type[Exception]
):
    with pytest.raises(failure):
        await track(respond=lambda _: response)


async def test_when_to_come_back_is_kept_also_from_inside_200():
    limited = httpx.Response(200, json=rate_limited(), headers={"retry-after": "9"})
    with pytest.raises(SystemRateLimited) as caught:
        await track(respond=lambda _: limited)
    assert caught.value.retry_after == timedelta(seconds=9)


async def test_a_carrier_that_is_down_is_unreachable():
    def respond(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(SystemUnreachable):
        await track(respond=respond)


async def test_of_several_results_only_the_asked_one_counts():
    other = result(article(status="Delivered", number="OTHER"), number="OTHER")
    missing = {"tracking_id": "THIRD", "errors": [{"message": "not found"}]}
    report = await track(answer(missing, other, result(article(SCANNED, status="In transit"))))
    assert report.status is CarrierStatus.IN_TRANSIT


async def test_an_error_beside_an_answer_does_not_hide_it():
    told = result(article(status="In transit"))
    assert (await track(answer(*refused(code="X")["tracking_results"], told))).status is (
        CarrierStatus.IN_TRANSIT
    )


async def test_upper_and_lower_case_do_not_matter():
    report = await track(answer(result(article(status="In transit"))), number=NUMBER.lower())
    assert report.status is CarrierStatus.IN_TRANSIT


_TWINS: dict[str, Json] = {
    "australia_post/article_delivered.json": answer(
        result(
            article(
                scan("2014-05-30T14:43:09+10:00", "Delivered", "ALEXANDRIA NSW"),
                scan("2014-05-30T06:08:51+10:00", "With Australia Post for delivery today"),
                scan("2014-05-26T05:00:00+10:00", "Departed facility"),
                scan("2014-05-26T05:00:00+10:00", "Departed facility"),
                status="Delivered",
            ),
            status="Delivered",
        )
    ),
    "australia_post/consignment_nested_items_delivered.json": answer(
        result(
            {
                "consignment_id": NUMBER,
                "number_of_items": 1,
                "items": [
                    article(
                        scan(
                            "2020-12-29T11:04:08+11:00",
                            "Delivered - Left in a safe place",
                            "LIGHTSVIEW SA",
                        ),
                        scan("2020-12-29T07:36:39+11:00", "Onboard for delivery"),
                        status="Delivered",
                        number="A",
                    )
                ],
            }
        )
    ),
    "startrack/consignment_delivered_in_full.json": answer(
        result(
            article(
                scan("2017-09-18T09:16:01+10:00", "On Board for Delivery"), status="Item Delivered"
            ),
            consignment={
                "status": "Delivered in Full",
                "events": [scan("2017-09-18T14:35:07+10:00", "Item Delivered", "MEL")],
            },
        )
    ),
}
_DELIVERED_AT = {
    "australia_post/article_delivered.json": datetime(2014, 5, 30, 4, 43, 9, tzinfo=UTC),
    "australia_post/consignment_nested_items_delivered.json": datetime(
        2020, 12, 29, 0, 4, 8, tzinfo=UTC
    ),
    "startrack/consignment_delivered_in_full.json": datetime(2017, 9, 18, 4, 35, 7, tzinfo=UTC),
}
_FAILURES = {
    "australia_post/not_found.json": TrackingNotFound,
    "australia_post/rate_limited_429.json": SystemRateLimited,
}
_FAILING_TWINS: dict[str, Json] = {
    "australia_post/not_found.json": refused(code="ESB-10001", name="Invalid tracking ID"),
    "australia_post/rate_limited_429.json": rate_limited(),
}


def examples(twins: dict[str, Json]) -> list[object]:
    """Return our own bodies, and the shared ones where they lie."""
    own = [pytest.param(name, body, id=f"own-{name}") for name, body in twins.items()]
    lying = {name: shared_body(name) for name in twins if SHARED.is_dir()}
    return own + [pytest.param(name, body, id=f"shared-{name}") for name, body in lying.items()]


@pytest.mark.parametrize(("name", "body"), examples(_TWINS))
async def test_each_delivered_example_is_read_as_it_is_true(name: str, body: Json):
    report = await track(body, number=body["tracking_results"][0]["tracking_id"])
    assert report.status is CarrierStatus.DELIVERED
    assert report.deciding_event is not None
    assert report.deciding_event.at == _DELIVERED_AT[name]
    assert len(set(report.events)) == len(report.events)


@pytest.mark.parametrize(("name", "body"), examples(_FAILING_TWINS))
async def test_each_example_without_a_parcel_is_the_right_failure(name: str, body: Json):
    number = body.get("tracking_results", [{"tracking_id": NUMBER}])[0]["tracking_id"]
    with pytest.raises(_FAILURES[name]):
        await track(body, number=number)


_ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["items", "events", "status", "errors", "date"]), inner)
    ),
    max_leaves=6,
)
_STATUSES = st.sampled_from(["In transit", "Held by courier", "Unknown", "Weird", None, 7, "\t"])
_SCANS = st.lists(st.sampled_from([SCANNED, ONBOARD, scan(None, "x"), {}]) | _ODD, max_size=3)
_ITEMS = st.recursive(
    st.fixed_dictionaries(
        {}, optional={"article_id": st.just(NUMBER), "status": _STATUSES, "events": _SCANS}
    ),
    lambda inner: st.fixed_dictionaries(
        {"items": st.lists(inner, max_size=3)}, optional={"status": _STATUSES}
    ),
    max_leaves=5,
)
_RESULTS = st.fixed_dictionaries(
    {"tracking_id": st.just(NUMBER)},
    optional={
        "status": _STATUSES | _ODD,
        "trackable_items": st.lists(_ITEMS | _ODD, max_size=3) | _ODD,
        "consignment": _ITEMS | st.lists(_ITEMS, max_size=2) | _ODD,
        "errors": _ODD,
    },
)
_BODIES = st.fixed_dictionaries({"tracking_results": st.lists(_RESULTS, max_size=3) | _ODD}) | _ODD


def says_delivered(value: object) -> bool:
    return "deliver" in str(value).lower().replace("onboard for delivery", "")


@given(_BODIES)
async def test_whatever_is_answered_nothing_breaks_and_no_delivery_is_made_up(body: object):
    try:
        report = await track(body)
    except (SystemFailure, TrackingNotFound):
        return
    assert report.status is not CarrierStatus.DELIVERED or says_delivered(body)


@given(
    st.lists(
        st.sampled_from(["In transit", "Held by courier", "Weird", None]), min_size=1, max_size=4
    ),
    st.integers(min_value=0, max_value=4),
)
async def test_a_whole_is_never_delivered_while_one_article_is_not(
    others: list[str | None], place: int
):
    articles = [article(SCANNED, status=word, number=f"A{word}") for word in others]
    articles.insert(place, article(DELIVERED, status="Delivered", number="B"))
    report = await track(answer(result({"consignment_id": NUMBER, "items": articles})))
    assert report.status is not CarrierStatus.DELIVERED
