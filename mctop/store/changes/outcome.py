"""The outcome of a change, and how two readings, one before it and one after, tell whether it was made."""

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
    """What came of a change.

    `read_back` says that the API gave no clear answer, and that the result is what reading back showed. `words` are
    those of a refusal or failure, `detail` names what was made (a new cluster, a new username, an id), both raw and
    untrusted. `secret` is what the API gave to be seen once: a new password, an SSO secret.
    """

    result: Result
    read_back: bool = False
    words: str = ""
    detail: str = ""
    secret: SecretStr | None = None


DONE = Outcome(Result.DONE)
NOT_DONE = Outcome(Result.NOT_DONE)
UNKNOWN = Outcome(Result.UNKNOWN)
"""Of a change whose answer is not what was asked for, too: it is then read back."""


def done_if(is_so: bool) -> Outcome:
    """It was made, or it was not."""
    return DONE if is_so else NOT_DONE
