"""The base of every value of the API: frozen, tolerant of what the documents leave open, silent about secrets."""

import math
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

LARGEST = 2**63 - 1


class Value(BaseModel):
    """A frozen value; equal means unchanged.

    Unknown fields are ignored, null is the same as absent, and errors never print their input. What reads it is built
    when it is first read: that takes 0.5 to 4 ms for each kind, and the first picture shows few of them.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, raw: object) -> object:
        if isinstance(raw, dict) and None in raw.values():
            return {name: value for name, value in raw.items() if value is not None}
        return raw


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
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise ValueError("not a number")
    try:
        number = float(raw)
    except OverflowError:
        return float(LARGEST)
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number


def to_count(raw: object) -> int:
    """Read a whole number as `to_number` does, exactly, clamped to 64 bits."""
    if isinstance(raw, str) and raw.strip().lstrip("+-").isdecimal():
        raw = int(raw)
    number = raw if type(raw) is int else int(to_number(raw))
    return max(-LARGEST, min(LARGEST, number))


def to_told(raw: object) -> int | None:
    """Read what a server counts; None where it is not told, is no number, or one that no server counts.

    From 2**63 on it was counted down below 0.
    """
    try:
        number = None if raw is None else to_count(raw)
    except ValueError:
        return None
    return number if number is not None and 0 <= number < LARGEST else None


def to_text(raw: object) -> str:
    """Read a string; null is empty, a bare number is its digits."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return str(raw)
    raise ValueError("not text")


Number = Annotated[float, BeforeValidator(to_number)]
Count = Annotated[int, BeforeValidator(to_count)]
Told = Annotated[int | None, BeforeValidator(to_told)]
Text = Annotated[str, BeforeValidator(to_text)]
