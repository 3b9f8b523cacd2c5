"""What somebody has written to us on a channel."""

from pydantic import BaseModel, ConfigDict

from gateway.channels.keywords import Keyword
from gateway.channels.names import Channel


class InboundMessage(BaseModel):
    """One message. `provider_id` is the provider's own, unique on the channel.

    `address` is where answers go. `text` is empty where only a picture or the like was sent.
    `choice` is the opaque id of one of our quick replies, where the channel brings it back.
    `keyword` is what the provider itself has taken it for and acted on.
    """

    model_config = ConfigDict(frozen=True)

    channel: Channel
    provider_id: str
    address: str
    text: str = ""
    choice: str | None = None
    keyword: Keyword | None = None
