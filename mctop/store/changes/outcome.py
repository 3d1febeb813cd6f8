"""What came of an action."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import SecretStr


class Result(Enum):
    """Whether what was asked for is so now."""

    DONE = "done"
    NOT_DONE = "not done"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action.

    `read_back` says that the API gave no clear answer, and that the result is what reading back showed. `words` are
    those of a refusal or failure, `told` what the API said of what was done (a new cluster, a new username), both raw
    and untrusted. `secret` is what the API gave to be seen once: a new password, an SSO secret.
    """

    result: Result
    read_back: bool = False
    words: str = ""
    told: str = ""
    secret: SecretStr | None = None
