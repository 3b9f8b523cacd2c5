import pytest

from support.decisions.called_off import called_off
from support.systems.cases.models import CaseKind


@pytest.mark.parametrize(
    "text",
    [
        "i changed my mind, cancel the refund",
        "cancel my refund request pls",
        "actually forget about the refund",
        "dont want the refund anymore",
        "i\u2019ve changed my mind about the refund",
        "can you stop that refund",
        "withdraw the refund",
        "take that refund back",
        "no dont worry about the refund anymore",
    ],
)
def test_a_request_that_is_taken_back(text: str):
    assert called_off(text) == {CaseKind.REFUND_REQUEST}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("cancel the return, ill keep it", CaseKind.RETURN_REQUEST),
        ("scrap the replacement", CaseKind.ALTERNATIVE_REQUEST),
        ("it turned up so call off the investigation", CaseKind.MISSING_PARCEL),
        ("forget the address change", CaseKind.CARRIER_REDIRECT),
        ("withdraw my case", CaseKind.DAMAGED_ITEMS),
        ("actually take that request back", CaseKind.CARRIER_REDIRECT),
    ],
)
def test_other_requests_are_taken_back_by_their_names(text: str, kind: CaseKind):
    assert kind in called_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "cancel my order and refund me",
        "i want to cancel",
        "why was my refund cancelled",
        "was the refund cancelled?",
        "stop telling me",
        "i dont want a refund i want my parcel",
        "i want a refund",
        "cancel it and give me my money back",
        "where is my refund",
    ],
)
def test_what_takes_nothing_back(text: str):
    assert called_off(text) == frozenset()
