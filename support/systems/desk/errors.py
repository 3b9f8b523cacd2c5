"""Why an outside desk did not take something."""

from support.systems.errors import SystemFailure


class DeskRefused(SystemFailure):
    """The desk will never take this as it is: our key to it is wrong, or what was asked of it."""


class DeskNewsUnreadable(Exception):
    """What a desk posted is not in the shape that it promises. The message names places alone."""
