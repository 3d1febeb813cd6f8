"""The buckets of a span that have values: neither before the history nor in the future."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.backend import Span


@dataclass(frozen=True, slots=True)
class Buckets:
    """All starts of a span; the edges of those that have values, and the seconds each is long; how many come before.

    The last edge is now, if that cuts its bucket short; without values there are no edges.
    """

    starts: tuple[int, ...]
    edges: tuple[float, ...]
    elapsed: tuple[float, ...]
    before: int

    def fill(self, values: Sequence[float | None]) -> tuple[float | None, ...]:
        """One value a bucket of the span, None where there can be none."""
        after = len(self.starts) - self.before - len(values)
        return (*(None,) * self.before, *values, *(None,) * after)


def buckets_of(span: Span, first: float, now: float) -> Buckets:
    """The buckets of a span that begin at or after `first` and before now."""
    starts = tuple(range(span.start, span.end, span.step))
    inside = tuple(start for start in starts if first <= start < now)
    before = sum(start < first for start in starts) if inside else 0
    edges = (*map(float, inside), min(inside[-1] + float(span.step), now)) if inside else ()
    return Buckets(starts, edges, tuple(end - start for start, end in pairwise(edges)), before)
