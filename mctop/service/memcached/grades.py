"""The grades of everything that the service tells of memcached servers, which it does not run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.cache import Grade
from mctop.api.models.exactness import Exactness
from mctop.service.memcached.protocol.commands import WatchKind
from mctop.service.memcached.protocol.counters import COLLECTED, COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.service.base.background import TaskFailure
    from mctop.service.memcached.monitored_server import MonitoredServer
    from mctop.service.memcached.protocol.capabilities import ServerCapabilities
    from mctop.service.memcached.stream.lookups import NotGets


ALWAYS = (
    Grade(of="stats", grade=Exactness.EXACT),
    Grade(of="stats.cmd_delete", grade=Exactness.DERIVED, note="its hits and misses"),
    Grade(of="stats.curr_connections", grade=Exactness.DERIVED, note="without mctop's own"),
    Grade(of="stats.expired", grade=Exactness.APPROXIMATE, note="what was found expired by a get"),
    Grade(of="compound_stats", grade=Exactness.DERIVED, note="from the counters"),
    Grade(of="rotate_sso", grade=Exactness.IMPOSSIBLE, note="there is no dashboard"),
    Grade(of="switch_cluster", grade=Exactness.IMPOSSIBLE, note="there are no clusters"),
    Grade(of="enable_cache", grade=Exactness.IMPOSSIBLE, note="servers are always enabled"),
)
"""What does not depend on the servers."""
NO_DUMP = "it lists no keys, for want of metadump: -X, no LRU crawler, or before 1.4.31"
NO_ME = "it has no me, which came with 1.5.19"
NOT_YET = "nobody has looked until now"
"""Why nothing is seen before the first watch has begun, or been refused."""
SINCE_ASKED = "since asked: counted from the first time on"


def grades(
    members: tuple[MonitoredServer, ...],
    sampled: float | None,
    lookups: NotGets,
    degraded: str,
    uncounted: TaskFailure | None = None,
) -> tuple[Grade, ...]:
    """The grade of every operation, and of those of its fields that differ.

    `sampled` is the part, 0-1, of the traffic that was seen lately, None before; `lookups` says which part of the
    lookups seen were not gets; `degraded` says why the history is not kept, if it is not, and `uncounted` why watched
    prefixes are not counted.
    """
    return (
        *_standing_still(uncounted),
        *ALWAYS,
        *_collected(members),
        _latency(members),
        _history(degraded),
        *_watched(members, sampled, lookups),
        *_asked(members),
        *_silent(members),
    )


def _standing_still(uncounted: TaskFailure | None) -> tuple[Grade, ...]:
    """What nothing new is known of while no prefix is counted; it comes before the other grades of the same."""
    if uncounted is None:
        return ()
    fields = ("prefix_stats", "prefix_stats.num_keys", "prefix_stats.total_size")
    return tuple(Grade(of=of, grade=Exactness.IMPOSSIBLE, note=f"not counted: {uncounted}") for of in fields)


def _collected(members: tuple[MonitoredServer, ...]) -> tuple[Grade, ...]:
    """What some servers do not count as it happens."""
    if not any(member.newest is not None and COLLECTIONS in member.newest.counters for member in members):
        return ()
    note = "as it was when the server last collected garbage, every 10 s if it is not set otherwise"
    return tuple(Grade(of=f"stats.{name}", grade=Exactness.APPROXIMATE, note=note) for name in COLLECTED)


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


def _watched(members: tuple[MonitoredServer, ...], sampled: float | None, lookups: NotGets) -> tuple[Grade, ...]:
    """What comes from watching: nothing where all refuse it, and no changes where any of them could crash."""
    many = len(members)
    is_begun = sampled is not None or any(member.watcher.state.on for member in members)
    unwatched = [why for member in members if (why := _unwatched(member))] or [NOT_YET] * (0 if is_begun else many)
    no_changes = [why for member in members if (why := _no_changes(member))]
    silence = f"not watched{_of(len(unwatched), many)}: {unwatched[0]}" if unwatched else ""
    note = silence or (f"lookups only{_of(len(no_changes), many)}: {no_changes[0]}" if no_changes else "")
    is_seen = is_begun and len(unwatched) < many
    grade = Exactness.APPROXIMATE if is_seen else Exactness.IMPOSSIBLE
    tells_items = any(member.capabilities is not None and member.capabilities.has_me for member in members)
    of_keys = Exactness.APPROXIMATE if tells_items else grade
    looked_up = _looked_up_by(members)

    def graded(of: str, note: str) -> Grade:
        said = _both(silence, note) if is_seen else silence
        return Grade(of=of, grade=grade, share=sampled, note=said)

    def graded_changes(of: str) -> Grade:
        if len(no_changes) == many:
            return Grade(of=of, grade=Exactness.IMPOSSIBLE, note=note)
        return graded(of, _both("" if silence else note, _changes_of(members)))

    return (
        graded("recent_logs", "" if silence else note),
        graded("popular_items", f"lookups: {looked_up}"),
        graded("most_hit_keys", f"{_not_gets_words(lookups.there)}: {looked_up}"),
        graded("most_missed_keys", f"{_not_gets_words(lookups.absent)}: {looked_up}"),
        graded_changes("most_mutated_keys"),
        Grade(
            of="prefix_stats",
            grade=Exactness.APPROXIMATE,
            share=sampled,
            note=_both(_uncounted(members) or note, f"lookups: {looked_up}"),
        ),
        Grade(of="key_stats", grade=of_keys, share=sampled, note=_both(silence, SINCE_ASKED)),
        graded("key_stats.hit_count", f"{_not_gets_in_part(lookups.there)}: {looked_up}"),
        graded("key_stats.miss_count", f"{_not_gets_in_part(lookups.absent)}: {looked_up}"),
        graded_changes("key_stats.mutation_count"),
    )


def _both(first: str, then: str) -> str:
    """Two notes as one: the first words of the first stand for all of it."""
    return "; ".join(filter(None, (first, then)))


def _not_gets_words(share: float | None) -> str:
    """How many of the lookups, 0-1, were not gets, in at most 24 letters."""
    if share is None:
        return "perhaps not gets"
    if share == 0:
        return "all gets"
    if share < 0.01:
        return "under 1 % not gets"
    return "none is a get" if share == 1 else f"{min(round(100 * share), 99)} % not gets"


def _not_gets_in_part(share: float | None) -> str:
    """The same of some keys only, of which the share of all tells something where it is none or all."""
    return _not_gets_words(share if share in (0, 1) else None)


def _looked_up_by(members: tuple[MonitoredServer, ...]) -> str:
    """What else is logged as a lookup, as a get is."""
    kinds = _kinds(members)
    if WatchKind.MUTATIONS not in kinds:
        return "each set, incr, touch and delete is logged as a lookup, too, as a get is"
    failed = "the delete of nothing" if WatchKind.DELETIONS in kinds else "delete"
    return f"incr, touch and {failed} are logged as lookups, too, as a get is"


def _changes_of(members: tuple[MonitoredServer, ...]) -> str:
    """Which changes are logged."""
    if WatchKind.DELETIONS in _kinds(members):
        return "stores and deletes: no incr or decr is logged"
    return "stores: no delete, incr or decr is logged; deletes are from 1.6.20 on"


def _kinds(members: tuple[MonitoredServer, ...]) -> frozenset[WatchKind]:
    """What every server that can be watched is watched for."""
    watches = [member.capabilities.watch for member in members if member.capabilities and member.capabilities.watch]
    return frozenset.intersection(*map(frozenset, watches)) if watches else frozenset()


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
