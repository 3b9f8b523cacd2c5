"""Why an outside system did not answer. Each system's own errors derive from these.

An adapter translates its transport's and vendor's errors into these once, at its edge, with the
cause kept (`raise ... from error`). Nothing above an adapter sees httpx or a vendor's wording.
"""

from datetime import timedelta


class SystemFailure(Exception):
    """An outside system gave no usable answer; nothing is known about what was asked."""

    def __init__(self, system: str, detail: str = "") -> None:
        self.system = system
        self.detail = detail
        super().__init__(f"{system}: {detail or type(self).__name__}")


class SystemUnreachable(SystemFailure):
    """No connection, or no answer within the time limit."""


class SystemLeftAlone(SystemUnreachable):
    """The system has failed several times in a row and was not asked now."""


class SystemRefused(SystemFailure):
    """The system answered, but with an error (5xx, our credentials were refused, and others)."""


class SystemOutOfOrder(SystemRefused):
    """The error is its own (5xx), whatever it was asked."""


class SystemConflict(SystemRefused):
    """What was to be changed has been changed by somebody else since it was read (409)."""


class SystemAnswerMalformed(SystemFailure):
    """The system answered with something that does not follow its own format."""


class SystemRateLimited(SystemFailure):
    """The system asks us to come back later."""

    def __init__(
        self, system: str, detail: str = "", *, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(system, detail)
        self.retry_after = retry_after


class SystemCallsSpent(SystemRateLimited):
    """The system is well, but we have made as many calls as it allows; `retry_after` is given."""
