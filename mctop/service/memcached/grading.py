"""How true it is what the service tells of servers it does not run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.cache import Grade

if TYPE_CHECKING:
    from mctop.service.memcached.member import Member

EXACT, DERIVED, APPROXIMATE, IMPOSSIBLE = "exact", "derived", "approximate", "impossible"
ALWAYS = (
    Grade(of="stats", grade=EXACT),
    Grade(of="stats.cmd_delete", grade=DERIVED, note="its hits and misses"),
    Grade(of="stats.expired", grade=APPROXIMATE, note="what was found expired by a get"),
    Grade(of="latency", grade=DERIVED, note="our own probe there and back, every 20 s"),
    Grade(of="compound_stats", grade=DERIVED, note="from the counters"),
    Grade(of="rotate_sso", grade=IMPOSSIBLE, note="there is no dashboard"),
    Grade(of="switch_cluster", grade=IMPOSSIBLE, note="there are no clusters"),
    Grade(of="enable_cache", grade=IMPOSSIBLE, note="servers are always enabled"),
)
"""What does not depend on the servers."""


def grades(members: tuple[Member, ...], sampled: float | None, degraded: str) -> tuple[Grade, ...]:
    """The grade of every operation, and of those of its fields that differ.

    `sampled` is the part, 0-1, of the traffic that was seen lately, None before; `degraded` says why the history is
    not kept, if it is not.
    """
    return (*ALWAYS, _history(degraded), *_watched(members, sampled), *_silent(members))


def _history(degraded: str) -> Grade:
    if degraded:
        return Grade(of="processed_stats", grade=APPROXIMATE, note=f"in memory: {degraded}")
    return Grade(of="processed_stats", grade=DERIVED, note="sums of the counters' rises, exact at every granularity")


def _watched(members: tuple[Member, ...], sampled: float | None) -> tuple[Grade, ...]:
    """What comes from watching: nothing where all refuse it, and no changes where one of them could crash."""
    known = [one.capabilities for one in members if one.capabilities is not None]
    refused = [one.watcher.state.trouble for one in members if one.watcher.state.trouble]
    if known and len(refused) == len(members):
        return tuple(_impossible(of, f"not watched: {refused[0]}") for of in ("recent_logs", "popular_items"))
    without = next((one.without for one in known if one.without), "")
    seen = f"gets only: {without}" if without else ""
    changes = _impossible("most_mutated_keys", seen) if without else _seen("most_mutated_keys", sampled, "")
    return (
        _seen("recent_logs", sampled, seen),
        _seen("popular_items", sampled, ""),
        changes,
        _seen("prefix_stats", sampled, seen),
        Grade(of="key_stats", grade=APPROXIMATE, share=sampled, note="since asked: counted from the first time on"),
    )


def _silent(members: tuple[Member, ...]) -> tuple[Grade, ...]:
    troubles = ((one.name, one.trouble) for one in members)
    return tuple(
        Grade(of="server", grade=IMPOSSIBLE, note=str(trouble).removeprefix(f"{name}: "), server=name)
        for name, trouble in troubles
        if trouble is not None
    )


def _seen(of: str, sampled: float | None, note: str) -> Grade:
    return Grade(of=of, grade=APPROXIMATE, share=sampled, note=note)


def _impossible(of: str, note: str) -> Grade:
    return Grade(of=of, grade=IMPOSSIBLE, note=note)
