"""Where one window of a server's log continues another."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.models.introspection import LogLine

Key = tuple[float, str, str, str, int]
"""What makes two log lines equal; the first is the time in epoch seconds."""

_key = attrgetter("time", "key", "command", "status", "size")


@dataclass(frozen=True, slots=True)
class Trace:
    """The newest window seen of a server, and the time that its next line is ordered after."""

    server: str
    keys: tuple[Key, ...]
    time: float


def keys_of(lines: Iterable[LogLine]) -> tuple[Key, ...]:
    """The keys of lines; tuples compare many times faster than models."""
    return tuple(map(_key, lines))


def continuation(seen: tuple[Key, ...], window: tuple[Key, ...]) -> int | None:
    """The index in `window` at which what follows the window `seen` begins; None if they do not overlap.

    Of several ways to overlap, the longest. Only a window that reaches further back may hold more than `seen`.
    """
    last = seen[-1]
    longest = len(window) if window[0][0] < seen[0][0] else min(len(window), len(seen))
    for end in range(longest, 0, -1):
        if window[end - 1] == last:
            size = min(end, len(seen))
            if seen[-size:] == window[end - size : end]:
                return end
    outdated = window[-1][0] < last[0] and window[-1] in seen
    return len(window) if outdated else None


def estimated_loss(seen: tuple[Key, ...], window: tuple[Key, ...]) -> int | None:
    """About how many lines lie between two windows, by the pace on both sides; None where it cannot be told."""
    missing = window[0][0] - seen[-1][0]
    seconds = seen[-1][0] - seen[0][0] + window[-1][0] - window[0][0]
    if missing < 0 or seconds <= 0:
        return None
    pace = (len(seen) + len(window) - 2) / seconds
    return max(0, round(pace * missing) - 1)


def turnover(seen: tuple[Key, ...], window: tuple[Key, ...], at: int | None, lost: int | None) -> float:
    """How much of a window that continues `seen` at `at` is new: 0 if nothing has slid out of it, 1 if all of it has.

    More than 1 where lines were `lost` between the two.
    """
    if at is not None and window[0] == seen[0]:
        return 0.0
    return (len(window) - (at or 0) + (lost or 0)) / len(window)
