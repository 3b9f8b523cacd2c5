"""What an outside desk is asked: for the inbox that is ours."""

from scripts.probe.questions import Question
from support.systems.desk.chatwoot import SYSTEM
from support.systems.desk.settings import DeskCallsSettings


def desk_questions(settings: DeskCallsSettings) -> dict[str, Question]:
    """Return what the chosen desk is asked; nothing where people answer on our own page."""
    token = settings.chatwoot_api_token
    if not settings.has_outside_desk or token is None:
        return {}
    account = f"{str(settings.chatwoot_url).rstrip('/')}/api/v1/accounts"
    inbox = f"{account}/{settings.chatwoot_account_id}/inboxes/{settings.chatwoot_inbox_id}"
    return {
        SYSTEM: Question(
            inbox,
            "CHATWOOT_API_TOKEN, and whether its user works in the inbox CHATWOOT_INBOX_ID",
            "CHATWOOT_URL, CHATWOOT_ACCOUNT_ID and CHATWOOT_INBOX_ID",
            {"api_access_token": token.get_secret_value()},
            frozenset({200}),
            _is_an_api_inbox,
        )
    }


def _is_an_api_inbox(answer: object) -> bool:
    """Say whether it is an inbox of the kind that takes a customer's words from us."""
    return isinstance(answer, dict) and answer.get("channel_type") == "Channel::Api"
