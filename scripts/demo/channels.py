"""The demo's SMS, WhatsApp and Messenger: accounts at the sandbox's providers, for each process."""

from collections.abc import Mapping
from typing import Final

from sandbox.meta import NUMBER_ID, PAGE_ID
from sandbox.twilio_rules import SERVICE

SMS_ACCOUNT: Final = "AC00000000000000000000000000000001"
_ACCOUNT: Final = {"TWILIO_ACCOUNT_SID": SMS_ACCOUNT}
_NUMBERS: Final = {"WHATSAPP_PHONE_NUMBER_ID": NUMBER_ID, "MESSENGER_PAGE_ID": PAGE_ID}


def gateway_channels(gateway_url: str, keys: Mapping[str, str]) -> dict[str, str]:
    """Return what the gateway needs to know what is posted to it."""
    return {
        "PUBLIC_URL": gateway_url,
        "TWILIO_AUTH_TOKEN": keys["TWILIO_AUTH_TOKEN"],
        "META_VERIFY_TOKEN": keys["META_VERIFY_TOKEN"],
        "WHATSAPP_APP_SECRET": keys["META_APP_SECRET"],
        "MESSENGER_APP_SECRET": keys["META_APP_SECRET"],
        **_ACCOUNT,
        **_NUMBERS,
    }


def worker_channels(gateway_url: str, sandbox_url: str, keys: Mapping[str, str]) -> dict[str, str]:
    """Return what the worker needs to send."""
    return {
        "PUBLIC_URL": gateway_url,
        "TWILIO_URL": f"{sandbox_url}/twilio",
        "TWILIO_AUTH_TOKEN": keys["TWILIO_AUTH_TOKEN"],
        "TWILIO_MESSAGING_SERVICE": SERVICE,
        "GRAPH_URL": f"{sandbox_url}/graph",
        "WHATSAPP_TOKEN": keys["META_TOKEN"],
        "MESSENGER_TOKEN": keys["META_TOKEN"],
        **_ACCOUNT,
        **_NUMBERS,
    }


def sandbox_channels(gateway_url: str, keys: Mapping[str, str]) -> dict[str, str]:
    """Return what the sandbox needs to be the providers."""
    return {
        "TWILIO_AUTH_TOKEN": keys["TWILIO_AUTH_TOKEN"],
        "SANDBOX_SMS_WEBHOOK": f"{gateway_url}/v1/channels/sms",
        "SANDBOX_META_WEBHOOKS": f"{gateway_url}/v1/channels",
        "WHATSAPP_APP_SECRET": keys["META_APP_SECRET"],
        "WHATSAPP_TOKEN": keys["META_TOKEN"],
        **_ACCOUNT,
    }
