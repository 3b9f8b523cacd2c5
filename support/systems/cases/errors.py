"""What can go wrong when the case system is asked."""

from support.ids import CaseReference


class CaseNotFound(Exception):
    """The case system has no case of this reference."""

    def __init__(self, reference: CaseReference) -> None:
        self.reference = reference
        super().__init__("no case of this reference")
