"""Live rates: those of the seconds between two samples of the counters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mctop.api.models.formulas import COMMANDS, GAUGES, PAIRS, told_lookups
from mctop.api.models.process import has_restarted
from mctop.store.base.window import SAMPLED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.models.stats import Counters, Stats


NOT_CUMULATIVE = frozenset({*GAUGES, "time", "pid", "uptime"})
"""What goes up and down in a healthy server, or says which one it is; every other counter only rises until a reset."""
INCRS, DECRS, CAS = COMMANDS["incr"], COMMANDS["decr"], COMMANDS["cas"]
REQUESTS = ("cmd_get", "cmd_set", "cmd_delete", "cmd_touch", "cmd_flush", *INCRS, *DECRS, *CAS)
"""The counters of requests by command, where the API has one, and the outcomes that sum to the others.

Polling itself adds to `auth_cmds` and `total_connections`, which are not among them.
"""
CLOCK_GRAIN = 1.5
"""Seconds by which the server's clock, which counts whole seconds, may differ from an elapsed time it agrees with."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Per second over `window` seconds that end at server time `time` (epoch seconds).

    What is made of a counter that is not told is None. `requests` counts get, set, delete, touch, incr, decr, cas and
    flush; `lookups` what hit or missed, as far as that is told. Hit rates are 0-1, None without traffic too. `read` and
    `written` are bytes per second as the server sees them. `used` and `limit` (bytes), `items` and `open` (connections)
    are gauges at its end.
    """

    time: float
    window: float
    requests: float | None
    gets: float | None
    sets: float | None
    deletes: float | None
    touches: float | None
    incrs: float | None
    decrs: float | None
    cas: float | None
    flushes: float | None
    hit_rate: float | None
    get_hit_rate: float | None
    evictions: float | None
    expirations: float | None
    connections: float | None
    """New connections per second."""
    read: float | None
    written: float | None
    used: int | None = None
    limit: int | None = None
    items: int | None = None
    open: int | None = None
    lookups: float | None = None


@dataclass(frozen=True, slots=True)
class ServerNow:
    """One server's newest counters and rates; `rates` is None until two samples agree."""

    server: str
    counters: Counters
    rates: Rates | None


@dataclass(frozen=True, slots=True)
class LiveStats:
    """The newest sample of `GET stats` and what follows from it.

    `history` holds the rates of the last 15 minutes, oldest first. `servers` is empty where the API gives no counters
    per server; `gone` are those of earlier samples that the newest does not tell, as they were.
    """

    counters: Counters
    rates: Rates | None = None
    servers: tuple[ServerNow, ...] = ()
    history: tuple[Rates, ...] = ()
    gone: tuple[ServerNow, ...] = ()


def went_down(before: Counters, after: Counters) -> bool:
    """Whether a counter fell: a reset or a restart lies between the two samples."""
    pairs = ((getattr(before, name), value) for name, value in after if name not in NOT_CUMULATIVE)
    return any(old is not None and new is not None and new < old for old, new in pairs)


def rates_between(
    before: Counters, after: Counters, elapsed: float | None = None, *, sets_hold_cas: bool = False
) -> Rates | None:
    """Rates of the seconds between two samples; None where the server's time did not advance or a counter fell.

    `elapsed` is the seconds between them on a finer clock, used where the server's whole seconds agree with it.
    `sets_hold_cas` says that `cmd_set` counts every cas too, as memcached's does; they are counted once then.
    """
    by_server = after.time - before.time
    if by_server <= 0 or went_down(before, after) or has_restarted(before, after, by_server):
        return None
    window = _window(by_server, elapsed)

    def per_second(*names: str) -> float | None:
        rise = 0
        for name in names:
            old, new = getattr(before, name), getattr(after, name)
            if old is None or new is None:
                return None
            rise += new - old
        return rise / window

    hits, lookups = told_lookups((per_second(hit), per_second(miss)) for hit, miss in PAIRS) or (None, None)
    twice = (per_second(*CAS) or 0.0) if sets_hold_cas else 0.0
    sets, requests = per_second("cmd_set"), per_second(*REQUESTS)
    return Rates(
        time=after.time,
        window=window,
        requests=None if requests is None else requests - twice,
        gets=per_second("cmd_get"),
        sets=None if sets is None else max(0.0, sets - twice),
        deletes=per_second("cmd_delete"),
        touches=per_second("cmd_touch"),
        incrs=per_second(*INCRS),
        decrs=per_second(*DECRS),
        cas=per_second(*CAS),
        flushes=per_second("cmd_flush"),
        hit_rate=hits / lookups if hits is not None and lookups else None,
        get_hit_rate=_share(per_second("get_hits"), per_second("get_misses")),
        evictions=per_second("evictions"),
        expirations=per_second("expired"),
        connections=per_second("total_connections"),
        read=per_second("bytes_read"),
        written=per_second("bytes_written"),
        used=after.bytes,
        limit=after.limit_maxbytes,
        items=after.curr_items,
        open=after.curr_connections,
        lookups=lookups,
    )


def recent_hit_rate(history: tuple[Rates, ...], seconds: float = 60) -> float | None:
    """The hit rate, 0-1, over the last `seconds` of a history; None without traffic."""
    since = history[-1].time - seconds if history else 0.0
    return mean_hit_rate(rates for rates in history if rates.time > since)


def mean_hit_rate(history: Iterable[Rates]) -> float | None:
    """The hit rate, 0-1, of all lookups of some rates together; None without traffic."""
    parts = [
        (rates.hit_rate, rates.lookups * rates.window)
        for rates in history
        if rates.hit_rate is not None and rates.lookups is not None
    ]
    weight = sum(lookups for _, lookups in parts)
    return sum(hit_rate * lookups for hit_rate, lookups in parts) / weight if weight else None


def _window(by_server: float, elapsed: float | None) -> float:
    # Whole seconds make the rates of a 5 s poll flutter by a fifth; a clock that measured the same time is better.
    if elapsed is not None and elapsed > 0 and abs(by_server - elapsed) <= CLOCK_GRAIN:
        return elapsed
    return by_server


def _share(part: float | None, rest: float | None) -> float | None:
    return part / (part + rest) if part is not None and rest is not None and part + rest else None


HISTORY = SAMPLED
"""Seconds of rates to keep: those of the longest range that live samples fill."""
MOST_GONE = 1_000
"""Servers that are remembered after they went: as many as are read of one answer."""


def stamped(stats: Stats, wall: float) -> Stats:
    """Put this machine's time, epoch seconds, where the server told none."""
    return stats.model_copy(
        update={
            "total": _stamped(stats.total, wall),
            "servers": tuple(
                row.model_copy(update={"counters": _stamped(row.counters, wall)}) for row in stats.servers
            ),
        }
    )


def advance(before: LiveStats | None, stats: Stats, elapsed: float | None, *, sets_hold_cas: bool = False) -> LiveStats:
    """Take in the next sample, `elapsed` seconds after the one `before`.

    The first sample, and one after a reset, gives no rates. A sample of the same server second changes nothing.
    """
    if before is None:
        return LiveStats(stats.total, servers=tuple(ServerNow(row.server, row.counters, None) for row in stats.servers))
    if stats.total.time == before.counters.time:
        return before
    between = partial(rates_between, elapsed=elapsed, sets_hold_cas=sets_hold_cas)
    earlier = {now.server: now.counters for now in before.servers}
    servers = tuple(
        ServerNow(
            row.server, row.counters, between(earlier[row.server], row.counters) if row.server in earlier else None
        )
        for row in stats.servers
    )
    comparable = earlier.keys() == {row.server for row in stats.servers} and not was_reset(before, stats)
    rates = between(before.counters, stats.total) if comparable else None
    told = {row.server for row in stats.servers}
    gone = tuple(now for now in (*before.gone, *before.servers) if now.server not in told)
    return LiveStats(stats.total, rates, servers, _appended(before.history, rates), gone[-MOST_GONE:])


def was_reset(before: LiveStats, stats: Stats) -> bool:
    """Whether a counter of the cache, or of a server that is in both samples, fell, or a server started anew."""
    return any(
        went_down(old, new) or has_restarted(old, new, new.time - old.time) for old, new in _pairs(before, stats)
    )


def restarted_servers(before: LiveStats, stats: Stats) -> tuple[str, ...]:
    """The servers that started since they were last heard, as far as their pid and uptime tell; "" for the cache."""
    earlier = {now.server: now.counters for now in (*before.gone, *before.servers)} or {"": before.counters}
    newest = {row.server: row.counters for row in stats.servers} or {"": stats.total}
    pairs = ((server, earlier[server], new) for server, new in newest.items() if server in earlier)
    return tuple(server for server, old, new in pairs if has_restarted(old, new, new.time - old.time))


def was_reset_alone(before: LiveStats, stats: Stats) -> bool:
    """Whether counters fell though no server started: it tells so, or the items outlived it.

    At least half of them must be there, and there must have been some.
    """
    fell = [(old, new) for old, new in _pairs(before, stats) if went_down(old, new)]
    return bool(fell) and all(_runs_on(old, new) for old, new in fell)


def _runs_on(old: Counters, new: Counters) -> bool:
    started = has_restarted(old, new, new.time - old.time)
    if started is not None:
        return not started
    had, has = old.curr_items, new.curr_items
    return had is not None and has is not None and 0 < had <= 2 * has


def was_flushed(before: LiveStats, stats: Stats) -> bool:
    """Whether the cache was flushed between the two samples, as far as that is told."""
    pairs = [(old.cmd_flush, new.cmd_flush) for old, new in _pairs(before, stats)]
    return any(old is not None and new is not None and new > old for old, new in pairs) and not was_reset(before, stats)


def _pairs(before: LiveStats, stats: Stats) -> list[tuple[Counters, Counters]]:
    """The counters of each server that is in both samples, or else of the cache, as they were and are."""
    earlier = {now.server: now.counters for now in before.servers}
    pairs = [(earlier[row.server], row.counters) for row in stats.servers if row.server in earlier]
    return pairs or [(before.counters, stats.total)]


def _stamped(counters: Counters, wall: float) -> Counters:
    return counters if counters.time > 0 else counters.model_copy(update={"time": int(wall)})


def _appended(history: tuple[Rates, ...], rates: Rates | None) -> tuple[Rates, ...]:
    if rates is None:
        return history
    # The upper bound drops what a server's clock that was set back has made the future.
    return (*(old for old in history if rates.time - HISTORY < old.time < rates.time), rates)
