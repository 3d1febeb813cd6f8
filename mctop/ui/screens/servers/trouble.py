"""What is wrong with a server, and how it compares with what is wrong with the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.ui.badge import FAIR, GOOD, POOR, Badge, band
from mctop.ui.format import duration, time_of_day

if TYPE_CHECKING:
    from mctop.store.outlier import Outlier
    from mctop.ui.screens.servers.facts import Pasts, Present

SILENT = Badge("○", "silent", "poor")
UNKNOWN = Badge("·", "no data", "muted")
IDLE = Badge("·", "no lookups", "muted")
STEP = 5
"""Percentage points of hit rate that make one server worse than another where both are fair, or both are poor."""
WEIGHTS = {GOOD: 0, IDLE: 0, FAIR: 1, POOR: 2}


@dataclass(frozen=True, slots=True)
class Trouble:
    """The state of a server; of two, the one with the greater `weight` is worse off."""

    badge: Badge
    weight: tuple[float, float] = (0, 0)


def trouble(server: str, present: Present, pasts: Pasts, *, heard: bool = True) -> Trouble:
    """Judge one server: silent is worst, then standing out, then a poor hit rate, many requests, or a fair hit rate.

    It is not silent where all servers are, which says nothing of it: `heard` is whether any of them says something.
    """
    if present.silent:
        return Trouble(SILENT, (4, 0)) if heard else Trouble(UNKNOWN)
    if pasts.slow is not None and pasts.slow.server == server:
        return Trouble(Badge("!", f"{times(pasts.slow.by)} slow", "poor"), (3, pasts.slow.by))
    if pasts.missing is not None and pasts.missing.server == server:
        return Trouble(Badge("!", f"−{pasts.missing.by:.0f} pt hits", "poor"), (3, 0))
    badge = band(present.hit_rate) or IDLE
    if badge is not POOR and pasts.busy is not None and pasts.busy.server == server:
        return Trouble(Badge("!", f"{times(pasts.busy.by)} busy", "fair"), (1.5, pasts.busy.by))
    lost = (100 - (present.hit_rate or 0)) // STEP
    return Trouble(badge, (WEIGHTS[badge], lost if WEIGHTS[badge] else 0))


def sentence(outlier: Outlier, name: str, of: str, *, window: int, now: float) -> tuple[str, ...]:
    """How far one server stands out and since when, the longest wording first; `now` is epoch seconds.

    It stands out by its latency, its requests or its hit rate: `of` says which, in these words.
    """
    if outlier.since is None:
        since, ago = "", f"for {duration(window)} or longer"
    else:
        since, ago = f"since {time_of_day(outlier.since)[:5]}", f"{duration(now - outlier.since)} ago"
    by = f"{outlier.by:.0f} points below the median" if of == "hit rate" else f"{times(outlier.by)} the median"
    what = f"{name} {by}"
    if not since:
        return f"{what} {of} {ago}", f"{what} {ago}", what
    return f"{what} {of} {since} · {ago}", f"{what} {since}", what


def times(factor: float) -> str:
    """A factor as text: `4.1×`."""
    return f"{factor:.1f}×" if factor < 99.95 else f"{min(factor, 9_999):.0f}×"
