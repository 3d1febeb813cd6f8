"""All that was read of one series endpoint, so that nothing is read twice: what to ask, and the picture of a window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mctop.api.models.series import COARSER_BUCKETS, DAY, SeriesAnswer
from mctop.store.series import Span, cut, merge, spans_to_fetch
from mctop.store.seriesset import SeriesSet

if TYPE_CHECKING:
    from mctop.store.series import Window
    from mctop.store.seriesset import Shelf

ALL = ""
"""The name under which all stats are kept of an endpoint whose stats are not asked for by name."""
STRETCHES = 3
"""Stretches of one stat, apart from one another, to remember."""
POINTS = 400_000
"""Values to remember beyond what is shown, at most."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: these stats, or all where there are no names, over a span."""

    span: Span
    names: frozenset[str]


def asks(shelf: Shelf, window: Window) -> tuple[Ask, ...]:
    """What to ask so that nothing of the window is missing; stats that lack the same are asked for together."""
    spans: dict[Span, set[str]] = {}
    for name in _names(window):
        for span in spans_to_fetch(_found(shelf, window, name), window):
            spans.setdefault(span, set()).add(name)
    ordered = sorted(spans.items(), key=lambda item: (item[0].start, item[0].end))
    return tuple(Ask(span, frozenset(names - {ALL})) for span, names in ordered)


def lacks(shelf: Shelf, window: Window) -> bool:
    """Whether more of the window is missing than the newest buckets."""
    return any(window.lacks(_found(shelf, window, name)) for name in _names(window))


def take(shelf: Shelf, answer: SeriesAnswer, ask: Ask, window: Window) -> None:
    """Put an answer to what was asked on the shelf; what nobody looks at goes, the longest unseen first."""
    margin = _longest(window) if _points(shelf) <= POINTS else 0
    reached = merge(None, answer, ask.span, window).end
    for name in ask.names or {ALL}:
        key = window.bucket, name
        held = _found(shelf, window, name)
        part = answer if name is ALL else SeriesAnswer(series=tuple(one for one in answer.series if one.stat == name))
        new = merge(held, part, ask.span, window, margin)
        new = replace(new, end=max(new.end, reached))
        apart = (one for one in shelf.pop(key, ()) if one.end < new.start or one.start > new.end)
        shelf[key] = (new, *apart)[:STRETCHES]
    shown = {(window.bucket, name) for name in _names(window)}
    for key in [key for key in shelf if key not in shown]:
        if _points(shelf) > POINTS:
            del shelf[key]


def picture(shelf: Shelf, window: Window) -> SeriesSet | None:
    """The window, as far as it was read; None if nothing of it was."""
    found = {name: one for name in _names(window) if (one := _found(shelf, window, name)) is not None}
    if not found:
        return None
    last = window.until if window.past else float("inf")
    series = (cut(one, window.start, last) for held in found.values() for one in held.series)
    return SeriesSet(
        series=tuple(one for one in series if one.times),
        bucket=window.bucket,
        end=min(last, max(held.end for held in found.values())),
        start=max(window.start, *(held.start for held in found.values())),
        names=frozenset(found) - {ALL},
        closed=0 if window.past else max(held.closed for held in found.values()),
    )


def _names(window: Window) -> tuple[str, ...]:
    return tuple(sorted(window.wanted.names)) or (ALL,)


def _found(shelf: Shelf, window: Window, name: str) -> SeriesSet | None:
    """The stretch of a stat that continues into the window, the one with most of it if there are several."""
    fitting = [one for one in shelf.get((window.bucket, name), ()) if window.continues(one)]
    return max(fitting, key=lambda one: min(one.end, window.until) - max(one.start, window.start), default=None)


def _longest(window: Window) -> int:
    """The longest range that the API gives this granularity, in seconds."""
    ranges = {bucket: longest for longest, bucket in ((DAY, window.finest), *COARSER_BUCKETS)}
    return ranges.get(window.bucket, 366 * DAY)


def _points(shelf: Shelf) -> int:
    return sum(len(series.times) for stretches in shelf.values() for held in stretches for series in held.series)
