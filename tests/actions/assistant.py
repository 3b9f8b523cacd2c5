"""All actions by name, and a whole turn as the rules have it."""

from actions.base import AssistantAction
from actions.registry import build_actions
from actions.services import Services


def actions_of(services: Services) -> dict[str, AssistantAction]:
    """Return every action by the name under which the domain lists it."""
    actions = [one for one in build_actions(services) if isinstance(one, AssistantAction)]
    return {action.action_name: action for action in actions}
