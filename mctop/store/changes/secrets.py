"""The secrets that an intent holds, kept out of what is shown and written of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import BaseModel, SecretStr

from mctop.api.login import MASK

if TYPE_CHECKING:
    from mctop.store.changes.intents import Intent


def secrets_of(intent: Intent) -> tuple[str, ...]:
    """Every secret in an intent: of a credential its password, of a delivery config its webhook."""
    held = [getattr(intent, name) for name in getattr(type(intent), "__dataclass_fields__", ())]
    values = [value for one in held if isinstance(one, BaseModel) for _, value in one]
    found = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    return tuple(secret for secret in found if secret)


def body_text(body: object | None, secrets: tuple[str, ...]) -> str:
    """Write a body as JSON for a person, with its secrets masked; "" for none."""
    if body is None:
        return ""
    if isinstance(body, dict):
        body = {name: MASK if value in secrets else value for name, value in body.items()}
    return json.dumps(body, indent=2, ensure_ascii=False)


def without(words: str, secrets: tuple[str, ...]) -> str:
    """Mask the secrets in words that come from a server."""
    for secret in secrets:
        words = words.replace(secret, MASK)
    return words
