"""What a person should know before something is done to a whole cache: all of it from the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.intents import EnableCache, Flush, ResetStats, RotateSso, SwitchCluster
from mctop.store.marks import MarkKind
from mctop.store.pastflushes import tells_flushes
from mctop.ui.format import count, duration, percent, rate, share, size
from mctop.ui.renderables.runs import Run
from mctop.ui.spans import moment_text
from mctop.ui.text import clean

if TYPE_CHECKING:
    from mctop.store.intents import Intent
    from mctop.store.rates import Rates
    from mctop.store.store import Store

    Line = tuple[Run, ...]

NAMES = 14
"""Columns of what a fact is about."""
SHOWN = 3
"""Servers to name."""
LONGEST = 54
"""Columns of a name, at most."""
UNKNOWN = "not known yet"
MEANINGS: dict[type[Intent], tuple[str, ...]] = {
    Flush: (
        "Every item is dropped at once. Until the cache is warm again,",
        "what it answered falls on the database.",
    ),
    ResetStats: ("The counters begin again at zero; the items stay.",),
    EnableCache: ("Clients can log in to the cache again.",),
    SwitchCluster: (
        "The cache moves to other servers, which MemCachier chooses.",
        "Expect it to come up empty, and clients to reconnect.",
    ),
    RotateSso: ("Every URL of the web dashboard that was given away stops working.",),
}  # fmt: skip
"""What each does."""


def known(intent: Intent, store: Store, now: float) -> tuple[Line, ...]:
    """What it does, and what will be lost; `now` is epoch seconds on the server's clock."""
    lines: list[Line] = [(Run(words),) for words in MEANINGS.get(type(intent), ())]
    if isinstance(intent, Flush | SwitchCluster):
        lines += [(), *_lost(store, now)]
    if isinstance(intent, SwitchCluster):
        lines += cluster(store)
    if isinstance(intent, ResetStats):
        lines += [(), *_counted(store)]
    return tuple(lines)


def _fact(name: str, *words: str) -> Line:
    return (Run(f"{name:<{NAMES}} ", "muted"), Run(words[0], "value"), *(Run(f" {more}") for more in words[1:]))


def _lost(store: Store, now: float) -> tuple[Line, ...]:
    stats = store.stats.value.value
    last = _last_flush(store, now)
    if stats is None:
        return (*(_fact(name, UNKNOWN) for name in ("items", "memory", "hits", "hit rate")), last)
    counters = stats.counters
    limit = counters.limit_maxbytes
    used = (f"of {size(limit)}", f"({share(counters.bytes, limit)})") if limit else ()
    return (
        _fact("items", count(counters.curr_items)),
        _fact("memory", size(counters.bytes), *used),
        *(_answered(stats.rates) if stats.rates else _answered_lately(store)),
        last,
    )


def _answered(rates: Rates) -> tuple[Line, ...]:
    """What the cache answers now."""
    over = f"over {duration(round(rates.window))}"
    if rates.get_hit_rate is None:
        return _fact("hits", "none", f"{over}: no gets"), _fact("hit rate", "–", "no gets")
    return _told(rates.gets * rates.get_hit_rate, rates.hit_rate, over)


def _answered_lately(store: Store) -> tuple[Line, ...]:
    """What it answered in the last bucket of the series: there are no rates before the second sample."""
    series, factor = store.insight.value.value, store.ratio_scale.value.value
    gets, of_gets, of_all = (
        (series.latest(stat) if series else None) for stat in ("get_rate", "get_hit_rate", "hit_rate")
    )
    if series is None or gets is None or of_gets is None or factor is None:
        return _fact("hits", UNKNOWN), _fact("hit rate", UNKNOWN)
    scale = factor / 100
    return _told(gets * of_gets * scale, None if of_all is None else of_all * scale, f"over {duration(series.bucket)}")


def _told(hits: float, hit_rate: float | None, over: str) -> tuple[Line, ...]:
    return (
        _fact("hits", rate(hits), f"{over}, which the database must answer instead"),
        _fact("hit rate", percent(None if hit_rate is None else hit_rate * 100), over),
    )


def _last_flush(store: Store, now: float) -> Line:
    flushes = [mark.time for mark in store.marks.value if mark.kind is MarkKind.FLUSH]
    if flushes:
        return _fact("last flush", f"{moment_text(max(flushes))},", f"{duration(now - max(flushes))} ago")
    stats, series = store.stats.value.value, store.insight.value.value
    starts = [stats.history[0].time] if stats is not None and stats.history else []
    starts += [series.start] if series is not None and series.start and tells_flushes(series) else []
    return _fact("last flush", f"none seen since {moment_text(min(starts))}" if starts else "none seen yet")


def cluster(store: Store) -> tuple[Line, ...]:
    """The cluster that the cache is on, and its servers."""
    info = store.cache.value.value
    if info is None:
        return (_fact("cluster now", UNKNOWN),)
    shown = [clean(one, LONGEST) for one in info.servers[:SHOWN]]
    more = [f"and {len(info.servers) - SHOWN} more"] if len(info.servers) > SHOWN else []
    names = [_fact("servers now" if index == 0 else "", one) for index, one in enumerate([*shown, *more])]
    return (_fact("cluster now", clean(info.cluster_name, LONGEST) or "not told"), *names)


def _counted(store: Store) -> tuple[Line, ...]:
    stats = store.stats.value.value
    if stats is None:
        return (_fact("counted", UNKNOWN),)
    counters = stats.counters
    return (_fact("counted", f"{count(counters.cmd_get)} gets,", f"{count(counters.get_hits)} of them hits"),)
