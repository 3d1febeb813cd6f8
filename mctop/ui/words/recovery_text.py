"""The return of the hit rate after a flush, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.counters.flush_recovery import ENOUGH
from mctop.ui.words.format import percent

if TYPE_CHECKING:
    from mctop.store.counters.flush_recovery import Recovery


LEVEL = f"{ENOUGH:.0%}".replace("%", " %")
"""The part of the hit rate before the flush that counts as recovered."""


def recovery_words(recovery: Recovery | None) -> tuple[str, ...]:
    """How far it has come back, longest first; nothing where there was no flush lately."""
    if recovery is None:
        return ()
    if recovery.took is not None:
        took = span(recovery.took)
        return (f"recovered to {LEVEL} in {took}", f"recovered in {took}")
    if not recovery.elapsed:
        return ("flushed: the next sample tells what is left of the hit rate", "flushed")
    since = f"{span(recovery.elapsed)} since the flush"
    if recovery.now is None:
        return (f"no traffic, {since}", since)
    part = f"{percent(recovery.now * 100)} of {percent(recovery.before * 100)}"
    doing = "recovering" if recovery.fell else "hit rate"
    return (f"{doing}: {part}, {since}", f"{doing}: {part}", part)


def span(seconds: float) -> str:
    """A span of time to the second: `42s`, `4m 10s`."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes}m {rest}s" if minutes and rest else f"{minutes}m" if minutes else f"{rest}s"
