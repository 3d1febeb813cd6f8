"""What every value of the API shares: frozen, tolerant of what the documents leave open, silent about secrets."""

import math
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

LARGEST = 2**63 - 1


class Value(BaseModel):
    """A frozen value; equal means unchanged. Unknown fields are ignored, and errors never print their input."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


Item = TypeVar("Item", bound=Value)


class Rows(Value, Generic[Item]):
    """A list from the API: the good rows, and how many were dropped because they made no sense."""

    items: tuple[Item, ...] = ()
    dropped: int = 0


def to_number(raw: object) -> float:
    """Read a number that may come as int, float, null or numeric string; raise ValueError for anything else.

    Null is 0: the API leaves out what it has no value for.
    """
    if raw is None:
        return 0.0
    if not isinstance(raw, int | float | str):
        raise ValueError("not a number")
    number = float(raw)
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number


def to_count(raw: object) -> int:
    """Read a whole number as `to_number` does, exactly, clamped to 64 bits."""
    number = raw if isinstance(raw, int) else int(to_number(raw))
    return max(-LARGEST, min(LARGEST, number))


def to_text(raw: object) -> str:
    """Read a string; null is empty, a bare number is its digits."""
    if raw is None:
        return ""
    if isinstance(raw, str | int | float):
        return str(raw)
    raise ValueError("not text")


Number = Annotated[float, BeforeValidator(to_number)]
Count = Annotated[int, BeforeValidator(to_count)]
Text = Annotated[str, BeforeValidator(to_text)]
