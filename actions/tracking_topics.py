"""Following a parcel by its scans, and what to do when it cannot be followed."""

from collections.abc import Iterable, Sequence

from actions.history_wording import word_history
from actions.order_topic import OrderTopic
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic
from support.decisions.order_status import ParcelStanding
from support.decisions.parcel_states import STILL_COMING, ParcelState
from support.decisions.tracking import stands_still
from support.facts import Evidence, Fact
from support.knowledge.keys import KnowledgeKey

_NOT_DISPATCHED = {ParcelState.PROCESSING, ParcelState.PICKING, ParcelState.NOT_SCANNED_YET}


class TrackingHistory(OrderTopic):
    """The customer wants to follow a parcel: every scan so far, newest first."""

    action_name = "action_tracking_history"
    topic = Topic.TRACKING_HISTORY

    def add(self, view: OrderView) -> Iterable[Say]:
        """List the scans of each parcel that has any."""
        reports = [standing.report for standing in view.standings if standing.report]
        for report in reports:
            if report.events:
                carrier = self.services.carriers.profile(report.carrier)
                yield from word_history(report, carrier, view.spoken)
        if not any(report.events for report in reports):
            yield Say(ResponseKey.TRACKING_HISTORY_EMPTY)


class TrackingTrouble(OrderTopic):
    """Tracking does not move, or there is none."""

    action_name = "action_tracking_trouble"
    topic = Topic.TRACKING

    def add(self, view: OrderView) -> Iterable[Say]:
        """Say why: nothing is dispatched yet, scans take their time, or they take too long."""
        coming = [one for one in view.standings if one.state.value in STILL_COMING]
        if any(one.state.value in _NOT_DISPATCHED for one in coming):
            yield Say(ResponseKey.TRACKING_AFTER_DISPATCH)
        if any(one.parcel.tracking_number for one in coming):
            yield self._standing_still(coming, view)

    def _standing_still(self, coming: Sequence[ParcelStanding], view: OrderView) -> Say:
        """Say whether it is normal; where no wait is published, only that it happens."""
        published = self.services.knowledge.span(KnowledgeKey.TRACKING_UPDATES)
        if published is None:
            return Say(ResponseKey.TRACKING_WAIT_UNKNOWN)
        wait = {"wait": Fact(published.value.spoken, published.evidence)}
        report = stands_still(coming, wait=published.value, now=view.spoken.now)
        if report is None:
            return Say(ResponseKey.TRACKING_WAIT, facts=wait)
        carrier = self.services.carriers.profile(report.carrier).name
        told = Evidence(carrier, report.looked_up_at)
        at = Fact(view.spoken.time(report.events[0].at), told)
        return Say(ResponseKey.TRACKING_STUCK, facts={"at": at} | wait)
