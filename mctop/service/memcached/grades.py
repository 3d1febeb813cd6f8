"""The grades of everything that the service tells of memcached servers, which it does not run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.cache import Grade
from mctop.api.models.exactness import Exactness
from mctop.service.memcached.protocol.commands import WatchKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.service.memcached.monitored_server import MonitoredServer
    from mctop.service.memcached.protocol.capabilities import ServerCapabilities


ALWAYS = (
    Grade(of="stats", grade=Exactness.EXACT),
    Grade(of="stats.cmd_delete", grade=Exactness.DERIVED, note="its hits and misses"),
    Grade(of="stats.expired", grade=Exactness.APPROXIMATE, note="what was found expired by a get"),
    Grade(of="compound_stats", grade=Exactness.DERIVED, note="from the counters"),
    Grade(of="rotate_sso", grade=Exactness.IMPOSSIBLE, note="there is no dashboard"),
    Grade(of="switch_cluster", grade=Exactness.IMPOSSIBLE, note="there are no clusters"),
    Grade(of="enable_cache", grade=Exactness.IMPOSSIBLE, note="servers are always enabled"),
)
"""What does not depend on the servers."""
NO_DUMP = "it lists no keys, for want of metadump: -X, no LRU crawler, or before 1.4.31"
NO_ME = "it has no me, which came with 1.5.19"
LOOKUPS = "a GET may be any lookup: incr, decr, touch and a delete of nothing log the same as a get"
SINCE_ASKED = "since asked: counted from the first time on"


def grades(members: tuple[MonitoredServer, ...], sampled: float | None, degraded: str) -> tuple[Grade, ...]:
    """The grade of every operation, and of those of its fields that differ.

    `sampled` is the part, 0-1, of the traffic that was seen lately, None before; `degraded` says why the history is
    not kept, if it is not.
    """
    return (
        *ALWAYS,
        *_own_gets(members),
        _latency(members),
        _history(degraded),
        *_watched(members, sampled),
        *_asked(members),
        *_silent(members),
    )


OWN_GETS = "with mctop's own mg of keys that have blanks"


def _own_gets(members: tuple[MonitoredServer, ...]) -> tuple[Grade, ...]:
    """The counters that questions of our own are in: servers count one as a get, and nothing else reads such keys."""
    if not any(member.server.own_gets for member in members):
        return ()
    names = ("cmd_get", "get_hits", "get_misses")
    return tuple(Grade(of=f"stats.{name}", grade=Exactness.DERIVED, note=OWN_GETS) for name in names)


def _history(degraded: str) -> Grade:
    if degraded:
        return Grade(of="processed_stats", grade=Exactness.APPROXIMATE, note=f"in memory: {degraded}")
    return Grade(
        of="processed_stats", grade=Exactness.DERIVED, note="sums of the counters' rises, exact at every granularity"
    )


def _latency(members: tuple[MonitoredServer, ...]) -> Grade:
    failures = [str(member.pinging.failure) for member in members if member.pinging.failure is not None]
    if failures:
        grade = Exactness.APPROXIMATE if len(failures) < len(members) else Exactness.IMPOSSIBLE
        return Grade(of="latency", grade=grade, note=f"not probed{_of(len(failures), len(members))}: {failures[0]}")
    return Grade(of="latency", grade=Exactness.DERIVED, note="our own probe there and back, every 20 s")


def _watched(members: tuple[MonitoredServer, ...], sampled: float | None) -> tuple[Grade, ...]:
    """What comes from watching: nothing where all refuse it, and no changes where any of them could crash."""
    many = len(members)
    unwatched = [why for member in members if (why := _unwatched(member))]
    no_changes = [why for member in members if (why := _no_changes(member))]
    note = f"gets only{_of(len(no_changes), many)}: {no_changes[0]}" if no_changes else ""
    if unwatched:
        note = f"not watched{_of(len(unwatched), many)}: {unwatched[0]}"
    grade = Exactness.IMPOSSIBLE if len(unwatched) == many else Exactness.APPROXIMATE
    changes = Grade(of="most_mutated_keys", grade=grade, share=sampled, note=note)
    if len(no_changes) == many:
        changes = Grade(of="most_mutated_keys", grade=Exactness.IMPOSSIBLE, note=note)
    return (
        Grade(of="recent_logs", grade=grade, share=sampled, note=note or LOOKUPS),
        Grade(of="popular_items", grade=grade, share=sampled, note=note if unwatched else ""),
        changes,
        Grade(of="prefix_stats", grade=Exactness.APPROXIMATE, share=sampled, note=_uncounted(members) or note),
        Grade(of="key_stats", grade=Exactness.APPROXIMATE, share=sampled, note=note if unwatched else SINCE_ASKED),
    )


def _unwatched(member: MonitoredServer) -> str:
    """Why a server is not watched; "" where it is, or would be."""
    if member.trouble is not None:
        return _words(member)
    if member.capabilities is not None and not member.capabilities.watch:
        return member.capabilities.without
    return member.unwatched


def _no_changes(member: MonitoredServer) -> str:
    """Why no changes of a server are seen; "" where they are, or would be."""
    able = member.capabilities
    return able.without if able is not None and WatchKind.MUTATIONS not in able.watch else _unwatched(member)


def _asked(members: tuple[MonitoredServer, ...]) -> tuple[Grade, ...]:
    """What servers are asked for, if they can tell."""
    counted = _able(members, lambda able: able.has_metadump, Exactness.DERIVED, NO_DUMP)
    return (
        counted("prefix_stats.num_keys", "counted each minute"),
        counted("prefix_stats.total_size", "counted each minute, with the headers of items"),
        _able(members, lambda able: able.has_me, Exactness.EXACT, NO_ME)("key_stats.in_cache", ""),
    )


def _uncounted(members: tuple[MonitoredServer, ...]) -> str:
    """Why the keys of some servers are not counted."""
    failures = [str(member.counting.failure) for member in members if member.counting.failure is not None]
    if failures:
        return f"no keys{_of(len(failures), len(members))}: {failures[0]}"
    unable = sum(member.capabilities is not None and not member.capabilities.has_metadump for member in members)
    return f"no keys{_of(unable, len(members))}: {NO_DUMP}" if unable else ""


def _able(
    members: tuple[MonitoredServer, ...], is_able: Callable[[ServerCapabilities], bool], grade: Exactness, why: str
) -> Callable[[str, str], Grade]:
    """Grade by how many of the servers are able to tell something."""
    unable = sum(member.capabilities is not None and not is_able(member.capabilities) for member in members)

    def graded(of: str, note: str) -> Grade:
        if not unable:
            return Grade(of=of, grade=grade, note=note)
        partly = Exactness.APPROXIMATE if unable < len(members) else Exactness.IMPOSSIBLE
        return Grade(of=of, grade=partly, note=f"unknown{_of(unable, len(members))}: {why}")

    return graded


def _of(some: int, many: int) -> str:
    return f" on {some} of {many}" if some < many else ""


def _silent(members: tuple[MonitoredServer, ...]) -> tuple[Grade, ...]:
    return tuple(
        Grade(of="server", grade=Exactness.IMPOSSIBLE, note=_words(member), server=member.name)
        for member in members
        if member.trouble is not None
    )


def _words(member: MonitoredServer) -> str:
    """What is wrong with a server, without its name."""
    return str(member.trouble).removeprefix(f"{member.name}: ")
