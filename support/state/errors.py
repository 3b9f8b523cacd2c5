"""What can go wrong with what the assistant remembers."""


class StateUnavailable(Exception):
    """Redis could not be asked: nobody can be identified, and nothing about orders is told."""
