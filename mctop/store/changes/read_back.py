"""The reading back of a change: what is read before it and after it, and what the two say of whether it was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from mctop.api.errors import ApiError
from mctop.store.changes.outcome import DONE, NOT_DONE, UNKNOWN, Outcome, Result

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Iterable

    from mctop.api.models.value import Rows, Value


class Witness(Protocol):
    """Reads before and after a change."""

    async def look_before(self) -> str | None:
        """Return why the change must not be sent, None where it may. May raise any ApiError."""

    async def look_after(self) -> Outcome:
        """Return what is so, with nothing but its result, detail and secret. May raise any ApiError."""


Reading = TypeVar("Reading")


@dataclass(slots=True)
class Comparison(Generic[Reading]):
    """Compares what was `read` before, None where it was not, with what is read after.

    `moved` says how what is acted on differs from what the person saw; without it, a failed first reading is no reason
    not to send.
    """

    read: Callable[[], Awaitable[Reading]]
    judge: Callable[[Reading | None, Reading], Outcome]
    moved: Callable[[Reading], str | None] | None = None
    before: Reading | None = None

    async def look_before(self) -> str | None:
        """Read, and compare with what the person saw."""
        try:
            self.before = await self.read()
        except ApiError:
            if self.moved is not None:
                raise
            return None
        return None if self.moved is None else self.moved(self.before)

    async def look_after(self) -> Outcome:
        """Read again, and compare."""
        return self.judge(self.before, await self.read())


Row = TypeVar("Row", bound="Value")


def row_moved(
    noun: str, rows: Iterable[Row], is_it: Callable[[Row], bool], is_same: Callable[[Row], bool]
) -> str | None:
    """Say how a row differs from the one that the person saw: it is gone, or not the same; None while it is."""
    now = next(filter(is_it, rows), None)
    if now is None:
        return f"the {noun} is gone"
    return None if is_same(now) else f"the {noun} was changed meanwhile"


def new_rows(before: Rows[Row] | None, after: Rows[Row], name: Callable[[Row], Hashable]) -> list[Row] | None:
    """The rows that were not there before, told apart by their names; None where that cannot be told."""
    if before is None or before.dropped or after.dropped:
        return None
    names = {name(row) for row in before.items}
    return [row for row in after.items if name(row) not in names]


def row_created(
    is_it: Callable[[Row], bool], name: Callable[[Row], Hashable], before: Rows[Row] | None, after: Rows[Row]
) -> Outcome:
    """Whether there is one row more than before that has the values that were sent."""
    new = new_rows(before, after, name)
    if new is None:
        return UNKNOWN
    names = [f"{name(row)}" for row in new if is_it(row)]
    if len(names) > 1:
        return Outcome(Result.UNKNOWN, detail=", ".join(names))
    return Outcome(Result.DONE, detail=names[0]) if names else NOT_DONE


def row_changed(
    is_it: Callable[[Row], bool], is_so: Callable[[Row], bool], before: Rows[Row] | None, after: Rows[Row]
) -> Outcome:
    """Whether a row is as it was asked for, or as it was before; else somebody changed it meanwhile."""
    now = next(filter(is_it, after.items), None)
    if now is not None and is_so(now):
        return DONE
    was = next(filter(is_it, before.items), None) if before is not None else None
    return NOT_DONE if now is not None and now == was else UNKNOWN


def row_listed(is_it: Callable[[Row], bool], before: Rows[Row] | None, after: Rows[Row]) -> Outcome:
    """Whether a row is in the list now; among rows that made no sense it may be too."""
    if any(map(is_it, after.items)):
        return DONE
    return UNKNOWN if after.dropped else NOT_DONE


def row_deleted(is_it: Callable[[Row], bool], before: Rows[Row] | None, after: Rows[Row]) -> Outcome:
    """Whether a row is in the list no more; among rows that made no sense it may still be."""
    if any(map(is_it, after.items)):
        return NOT_DONE
    return UNKNOWN if after.dropped else DONE


def has_values(row: Value, sent: Value) -> bool:
    """Whether a row of the API has the values that were sent; what was left out may be empty."""
    return all((getattr(row, name) or None) == (value or None) for name, value in sent)
