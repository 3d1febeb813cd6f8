"""A change in words: the facts before it, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from mctop.store.base.marks import MarkKind
from mctop.store.changes.change import Facts
from mctop.store.changes.outcome import Result
from mctop.store.counters.flush_recovery import tells_flushes
from mctop.ui.words.badge import GOOD, REFUSED, UNKNOWN, WAITING
from mctop.ui.words.format import count, duration, percent, rate, share, size
from mctop.ui.words.runs import Run
from mctop.ui.words.text import clean, clean_name
from mctop.ui.words.time_text import moment_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.changes.change import Change
    from mctop.store.changes.outcome import Outcome
    from mctop.store.counters.live_rates import Rates
    from mctop.store.store import Store

    Line = tuple[Run, ...]

NAMES = 14
"""Columns of what a fact is about."""
SHOWN = 3
"""Servers to name."""
LONGEST_FACT = 54
"""Columns of a name, at most."""
NOT_KNOWN = "not known yet"


def facts_before(change: Change, store: Store, now: float) -> tuple[Line, ...]:
    """What a change does, and what is known of what it would do it to; `now` is epoch seconds on the server's clock."""
    lines: list[Line] = [
        *((Run(words),) for words in change.MEANING),
        *((Run(words, "fair"),) for words in change.CAUTION),
    ]
    if change.FACTS:
        lines += [(), *fact_lines(change.FACTS, store, now)]
    return tuple(lines)


def fact_lines(facts: tuple[Facts, ...], store: Store, now: float) -> tuple[Line, ...]:
    """The facts of a cache; `now` is epoch seconds on the server's clock."""
    return tuple(line for fact in facts for line in _FACT_LINES[fact](store, now))


def _fact(name: str, *words: str) -> Line:
    return (Run(f"{name:<{NAMES}} ", "muted"), Run(words[0], "value"), *(Run(f" {more}") for more in words[1:]))


def _contents(store: Store, now: float) -> tuple[Line, ...]:
    stats = store.stats.value.value
    last = _last_flush(store, now)
    if stats is None:
        return (*(_fact(name, NOT_KNOWN) for name in ("items", "memory", "hits", "hit rate")), last)
    counters = stats.counters
    limit = counters.limit_maxbytes
    used = (f"of {size(limit)}", f"({share(counters.bytes, limit)})") if limit else ()
    return (
        _fact("items", count(counters.curr_items)),
        _fact("memory", size(counters.bytes), *used),
        *(_answered_now(stats.rates) if stats.rates else _answered_lately(store)),
        last,
    )


def _answered_now(rates: Rates) -> tuple[Line, ...]:
    """What the cache answers now."""
    over = f"over {duration(round(rates.window))}"
    if rates.gets is None or (rates.get_hit_rate is None and rates.gets):
        return _fact("hits", NOT_KNOWN), _fact("hit rate", NOT_KNOWN)
    if rates.get_hit_rate is None:
        return _fact("hits", "none", f"{over}: no gets"), _fact("hit rate", "–", "no gets")
    return _answers(rates.gets * rates.get_hit_rate, rates.hit_rate, over)


def _answered_lately(store: Store) -> tuple[Line, ...]:
    """What it answered in the last bucket of the series: there are no rates before the second sample."""
    series, factor = store.insight.value.value, store.ratio_scale.value.value
    gets, of_gets, of_all = (
        (series.latest(stat) if series else None) for stat in ("get_rate", "get_hit_rate", "hit_rate")
    )
    if series is None or gets is None or of_gets is None or factor is None:
        return _fact("hits", NOT_KNOWN), _fact("hit rate", NOT_KNOWN)
    scale = factor / 100
    return _answers(
        gets * of_gets * scale, None if of_all is None else of_all * scale, f"over {duration(series.bucket)}"
    )


def _answers(hits: float, hit_rate: float | None, over: str) -> tuple[Line, ...]:
    return (
        _fact("hits", rate(hits), f"{over}, which the database must answer instead"),
        _fact("hit rate", percent(None if hit_rate is None else hit_rate * 100), over),
    )


def _last_flush(store: Store, now: float) -> Line:
    flushes = [mark.time for mark in store.marks.value if mark.kind is MarkKind.FLUSH]
    if flushes:
        return _fact("last flush", f"{moment_text(max(flushes))},", f"{duration(now - max(flushes))} ago")
    stats, series = store.stats.value.value, store.insight.value.value
    seen = stats.history if stats is not None and stats.counters.cmd_flush is not None else ()
    starts = [seen[0].time] if seen else []
    starts += [series.start] if series is not None and series.start and tells_flushes(series) else []
    if starts:
        return _fact("last flush", f"none seen since {moment_text(min(starts))}")
    is_told = stats is None or stats.counters.cmd_flush is not None
    return _fact("last flush", "none seen yet" if is_told else "not told by the server")


def _cluster(store: Store, now: float) -> tuple[Line, ...]:
    info = store.cache.value.value
    if info is None:
        return (_fact("cluster now", NOT_KNOWN),)
    servers = [clean(server, LONGEST_FACT) for server in info.servers[:SHOWN]]
    more = [f"and {len(info.servers) - SHOWN} more"] if len(info.servers) > SHOWN else []
    names = [_fact("servers now" if index == 0 else "", name) for index, name in enumerate([*servers, *more])]
    return (_fact("cluster now", clean(info.cluster_name, LONGEST_FACT) or "not told"), *names)


def _counters(store: Store, now: float) -> tuple[Line, ...]:
    stats = store.stats.value.value
    if stats is None:
        return (_fact("counted", NOT_KNOWN),)
    counters = stats.counters
    return (_fact("counted", f"{count(counters.cmd_get)} gets,", f"{count(counters.get_hits)} of them hits"),)


_FACT_LINES: dict[Facts, Callable[[Store, float], tuple[Line, ...]]] = {
    Facts.CONTENTS: _contents,
    Facts.COUNTERS: _counters,
    Facts.CLUSTER: _cluster,
}

LONGEST = 60
"""Columns of what was acted on, at most."""


def sentence(change: Change, outcome: Outcome) -> str:
    """What came of a change in one sentence; a refusal in the server's own words."""
    subject, words = clean_name(change.subject, LONGEST), clean(outcome.words, 200)
    done, undone = change.MADE.format(subject), change.NOT_MADE.format(subject)
    match outcome.result:
        case Result.DONE if outcome.read_back:
            return f"no clear answer came ({words}), but {done}"
        case Result.DONE:
            return f"{done}{change.AFTERWARDS}"
        case Result.NOT_DONE if outcome.read_back:
            return f"no clear answer came ({words}), and {undone}: try again"
        case Result.NOT_DONE:
            return f"{undone}: {words}"
        case _:
            unseen = ", nor when it was read back" if outcome.read_back else ""
            return f"whether {done} is not known: no clear answer came ({words}){unseen}. Look before you repeat it"


REVEALED = 15.0
"""Seconds that a secret is shown."""
MASK = "•" * 16
WIDE = 70
"""Columns of what is told."""
STATES = {
    Result.DONE: Run(f"{GOOD.glyph} done", "good"),
    Result.NOT_DONE: Run(f"{REFUSED.glyph} not done", "poor"),
    Result.UNKNOWN: Run(f"{UNKNOWN.glyph} not known", "fair"),
}
NO_RECALL = "It cannot be recalled."
GOES_ON = "What comes of it is told wherever you are then."


def under_way(waited: float, *, warned: bool) -> tuple[Line, ...]:
    """What is said while no answer came for `waited` seconds."""
    waiting = (Run(f"{WAITING.glyph} on its way for {duration(waited)}, no answer yet", "accent"),)
    return (waiting, (), (Run(NO_RECALL, "fair"),), (Run(GOES_ON),)) if warned else (waiting,)


def outcome_lines(
    change: Change, outcome: Outcome, *, shown: bool, warned: bool, facts: tuple[Line, ...] = (), listed: bool = False
) -> tuple[Line, ...]:
    """What came of a change, and `facts` that tell more than its detail; the secret only where it is to be `shown`.

    `listed` says that the secret can be seen again in a list; `warned` that the dialog would be left without it.
    """
    lines: list[Line] = [(STATES[outcome.result],), ()]
    lines += [(Run(part),) for part in folded(sentence(change, outcome))]
    if outcome.detail and not facts:
        lines += [(), (Run(f"{change.DETAIL}  ", "muted"), Run(clean(outcome.detail, WIDE - 14), "value"))]
    lines += [(), *facts] if facts else []
    if outcome.secret is None:
        return tuple(lines)
    name, secret = change.SECRET, outcome.secret.get_secret_value()
    parts = chop_cells(clean(secret), WIDE - len(name) - 2) if shown else [MASK]
    lines += [(), (Run(f"{name}  ", "muted"), Run(parts[0], "value")), *((Run(part, "value"),) for part in parts[1:])]
    then = "the list of credentials has it too" if listed else "it is lost then" if warned else "it is not shown again"
    words = f"the {name} was neither shown nor copied: {then}" if warned else then
    return (*lines, (), (Run(words, "fair" if warned else "muted"),))


def outcome_keys(outcome: Outcome | None, *, shown: bool, warned: bool) -> str:
    """What the keys do now."""
    if outcome is None:
        return "esc again leaves" if warned else "esc leaves it to itself"
    if outcome.secret is None:
        return "esc closes"
    reveal = "hides it" if shown else f"shows it for {duration(REVEALED)}"
    return f"v {reveal} · y copies it · esc {'again closes all the same' if warned else 'closes'}"


def folded(text: str) -> tuple[str, ...]:
    """Clean text in lines of at most WIDE columns, broken between words where that can be."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and cell_len(line) + 1 + cell_len(word) > WIDE:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
        *full, line = chop_cells(line, WIDE) or [""]
        lines += full
    return (*lines, line)
