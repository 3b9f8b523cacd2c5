"""Known answers with parts missing, null, of other types, added, and with their scans shuffled."""

import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from support.ids import TrackingNumber
from support.systems.carriers.australia_post.models import answer_from
from support.systems.carriers.australia_post.reading import report_of
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST
from tests.orders import NOW
from tests.support.systems.carriers.bodies import SHARED
from tests.support.systems.carriers.test_adapter import _TWINS

_BODIES = [json.dumps(body) for body in _TWINS.values()] + [
    path.read_text(encoding="utf-8") for path in sorted(SHARED.glob("*/*delivered*.json"))
]
_ODD = st.sampled_from([None, True, 0, -1.5, "", "?", [], [[]], {}, {"status": None}, "\t\n"])


def mutated(data: st.DataObject, value: Any) -> Any:
    """Return JSON with each part left as it is, or dropped, replaced, doubled or shuffled."""
    if isinstance(value, dict):
        kept = {
            name: mutated(data, part)
            for name, part in value.items()
            if data.draw(st.integers(0, 9)) > 0
        }
        return kept | ({"more": data.draw(_ODD)} if data.draw(st.booleans()) else {})
    if data.draw(st.integers(0, 14)) == 0:
        return data.draw(_ODD)
    if isinstance(value, list):
        parts = [mutated(data, part) for part in value for _ in range(data.draw(_COPIES))]
        return data.draw(st.permutations(parts))
    return value


_COPIES = st.sampled_from([1, 1, 1, 1, 2, 0])


def read(body: Any) -> TrackingReport | None:
    answer = answer_from(body)
    if answer is None:
        return None
    return report_of(
        answer.tracking_results, carrier=AUSTRALIA_POST, number=TrackingNumber("ANY"), now=NOW
    )


@given(st.data(), st.sampled_from(_BODIES))
def test_a_mutated_answer_is_read_without_breaking(data: st.DataObject, body: str):
    report = read(mutated(data, json.loads(body)))
    assert report is None or list(report.events) == sorted(
        report.events, key=lambda event: event.at, reverse=True
    )


@given(st.data(), st.sampled_from(_BODIES), st.sampled_from(["In transit", "Weird", "Unknown"]))
def test_what_says_nowhere_that_it_was_delivered_never_is(
    data: st.DataObject, body: str, instead: str
):
    without = re.sub(r'"(?:Item )?Delivered[^"]*"', json.dumps(instead), body)
    report = read(mutated(data, json.loads(without)))
    assert report is None or report.status is not CarrierStatus.DELIVERED


@given(st.data(), st.sampled_from(_BODIES))
def test_the_order_of_scans_does_not_matter(data: st.DataObject, body: str):
    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: data.draw(st.permutations(part)) if name == "events" else shuffled(part)
                for name, part in value.items()
            }
        return [shuffled(part) for part in value] if isinstance(value, list) else value

    report, other = read(json.loads(body)), read(shuffled(json.loads(body)))
    assert report is not None
    assert other is not None
    assert (report.status, report.deciding_event) == (other.status, other.deciding_event)
    assert report.status is CarrierStatus.DELIVERED
