"""What makes a whole turn fail.

These derive from BaseException on purpose. Rasa catches `Exception` around an action, records the
action as executed, and answers with silence; so these pass through, and nothing of the turn is
stored.
"""


class TurnAborted(BaseException):
    """The turn cannot be finished; nothing of it may be kept."""


class ActionServerUnavailable(TurnAborted):
    """The action server could not be reached, or took too long. The turn may be tried again."""


class ActionFailed(TurnAborted):
    """An action crashed, or answered what nobody understands."""
