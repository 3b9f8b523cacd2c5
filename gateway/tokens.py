"""Bearer tokens: one that binds a caller to a conversation, one that says who a customer is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import jwt
from pydantic import SecretStr

from gateway import texts
from gateway.conversation_log import Customer
from gateway.problems import Problem
from support.ids import ConversationId, CustomerId

ALGORITHM = "HS256"
CONVERSATION_AUDIENCE = "conversation"
CUSTOMER_AUDIENCE = "order-assistant"
_CHALLENGE: Mapping[str, str] = {"WWW-Authenticate": "Bearer"}


@dataclass(frozen=True, slots=True)
class TokenScope:
    """The conversation a token opens, and until when."""

    conversation_id: ConversationId
    expires_at: datetime


class Tokens:
    """Issues and checks tokens. A token that does not hold raises a 401 Problem."""

    def __init__(
        self, *, conversation_key: SecretStr, customer_key: SecretStr | None, life: timedelta
    ) -> None:
        self._conversation_key = conversation_key
        self._customer_key = customer_key
        self._life = life

    def issue(self, conversation_id: ConversationId) -> str:
        """Return the token that opens this conversation, and only this one."""
        now = datetime.now(UTC)
        claims = {
            "sub": conversation_id,
            "aud": CONVERSATION_AUDIENCE,
            "iat": now,
            "exp": now + self._life,
        }
        return jwt.encode(claims, self._conversation_key.get_secret_value(), ALGORITHM)

    def conversation(self, token: str | None) -> TokenScope:
        """Return the conversation that a token opens."""
        if not token:
            raise _unauthorised("token_missing", texts.TOKEN_MISSING)
        try:
            claims = _decode(token, self._conversation_key, CONVERSATION_AUDIENCE)
        except jwt.InvalidTokenError as error:
            raise _unauthorised("token_invalid", texts.TOKEN_INVALID) from error
        return TokenScope(ConversationId(claims["sub"]), datetime.fromtimestamp(claims["exp"], UTC))

    def customer(self, token: str) -> Customer:
        """Return the customer whom the web shop's token names."""
        if self._customer_key is None:
            raise _unauthorised("sign_in_invalid", texts.SIGN_IN_INVALID)
        try:
            claims = _decode(token, self._customer_key, CUSTOMER_AUDIENCE)
        except jwt.ExpiredSignatureError as error:
            raise _unauthorised("sign_in_expired", texts.SIGN_IN_EXPIRED) from error
        except jwt.InvalidTokenError as error:
            raise _unauthorised("sign_in_invalid", texts.SIGN_IN_INVALID) from error
        first_name = claims.get("given_name")
        return Customer(
            customer_id=CustomerId(claims["sub"]),
            first_name=first_name if isinstance(first_name, str) else None,
        )


def _decode(token: str, key: SecretStr, audience: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(
        token,
        key.get_secret_value(),
        algorithms=[ALGORITHM],
        audience=audience,
        options={"require": ["exp", "sub", "aud"]},
    )
    if not claims["sub"]:
        raise jwt.InvalidTokenError("the subject is empty")
    return claims


def _unauthorised(code: str, sentence: str) -> Problem:
    return Problem(HTTPStatus.UNAUTHORIZED, code, sentence, dict(_CHALLENGE))
