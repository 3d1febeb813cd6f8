"""Lists of values, and the fields that one row has under another name."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from mctop.api.models.value import Rows, Value
from mctop.api.parsing.json_text import Malformed
from mctop.api.parsing.times import parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

Item = TypeVar("Item", bound=Value)

MOST_ROWS = 1_000
"""Rows of a list that are read: ten times what our own service allows of anything; more would hold the loop."""


def as_list(raw: object) -> list[object]:
    """Take a list; null, an empty string and an empty object are an empty one. Raise Malformed for anything else."""
    if isinstance(raw, list):
        return raw
    if raw is None or raw in ("", {}):
        return []
    raise Malformed("the answer is not a list")


def as_object(raw: object) -> dict[str, object]:
    """Take an object; null is an empty one. Raise Malformed for anything else."""
    if isinstance(raw, dict):
        return raw
    if raw is None:
        return {}
    raise Malformed("the answer is not an object")


def parse_row(model: type[Item], raw: object) -> Item | None:
    """Read one value, or None if it makes no sense."""
    try:
        return model.model_validate(raw)
    except ValidationError:
        return None


def parse_one(model: type[Item], raw: object) -> Item:
    """Read one value. Raise Malformed if it makes no sense."""
    value = parse_row(model, raw)
    if value is None:
        raise Malformed(f"the answer is no {model.__name__}")
    return value


def parse_told(sent: Item, raw: object) -> Item:
    """Read what the server says a change came to, or return what was sent where it says nothing. Raise Malformed."""
    return sent if raw is None or raw in ("", {}) else parse_one(type(sent), raw)


def parse_each(model: type[Item], raw: Iterable[object], most: int = MOST_ROWS) -> Rows[Item]:
    """Read the values that make sense among the first so many, and count the rest."""
    rows = iter(raw)
    read = [parse_row(model, row) for row in islice(rows, most)]
    items = tuple(value for value in read if value is not None)
    beyond = sum(1 for _ in rows)
    return Rows.model_construct(items=items, dropped=len(read) - len(items) + beyond)


def parse_rows(model: type[Item], raw: object, most: int = MOST_ROWS) -> Rows[Item]:
    """Read a list of values as `parse_each` does. Raise Malformed if it is no list."""
    return parse_each(model, as_list(raw), most)


def with_time(raw: object) -> object:
    """Give a row that has `timestamp` the `time` of our values, in epoch seconds; without one it is a bad row."""
    if not isinstance(raw, dict):
        return raw
    try:
        time = parse_moment(raw.get("timestamp"))
    except ValueError:
        time = None
    return {**raw, "time": time}
