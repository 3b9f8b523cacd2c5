"""The in-house apps that may chat with us: each with a secret, and where its answers go."""

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, HttpUrl, SecretStr, StringConstraints
from standardwebhooks import Webhook, WebhookVerificationError

SECRET_BYTES: Final = 24
"""The least length of a secret. Source: Standard Webhooks, "Signature scheme"."""

_PREFIX: Final = "whsec_"


def _strong(secret: SecretStr) -> SecretStr:
    encoded = secret.get_secret_value().removeprefix(_PREFIX)
    try:
        length = len(base64.b64decode(encoded, validate=True))
    except binascii.Error as error:
        raise ValueError("must be base64, with or without whsec_ before it") from error
    if length < SECRET_BYTES:
        raise ValueError(f"must hold at least {SECRET_BYTES} bytes")
    return secret


AppName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]


class WebhookApp(BaseModel):
    """One app. `secret` signs in both directions; answers are posted to `callback`."""

    model_config = ConfigDict(frozen=True)

    secret: Annotated[SecretStr, AfterValidator(_strong)]
    callback: HttpUrl

    @property
    def signer(self) -> Webhook:
        """What signs for this app and checks its signatures."""
        return Webhook(self.secret.get_secret_value())


def is_signed(app: WebhookApp, body: bytes, headers: Mapping[str, str]) -> bool:
    """Say whether the app signed this body, under its id, within the last five minutes."""
    try:
        app.signer.verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):
        # The package says ValueError to what is no signature at all.
        return False
    return True


def address_of(app: str, user: str) -> str:
    """Return the address of an app's user among those of all apps."""
    return f"{app}:{user}"


def app_and_user(address: str) -> tuple[str, str]:
    """Return the app and its user; names of apps have no colon."""
    app, _, user = address.partition(":")
    return app, user
