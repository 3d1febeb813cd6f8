"""A change in words: what to know before it, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from mctop.store.base.marks import MarkKind
from mctop.store.changes.intents import (
    CreateAlert,
    CreateCredential,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteCredential,
    DeleteDeliveryConfig,
    EnableCache,
    Flush,
    PromoteCredential,
    ResetStats,
    RotateSso,
    SwitchCluster,
    ToggleAlert,
    UnwatchPrefix,
    UpdateAlert,
    UpdateCredential,
    WatchPrefix,
)
from mctop.store.changes.outcome import Result
from mctop.store.counters.flushes import tells_flushes
from mctop.ui.renderables.runs import Run
from mctop.ui.words.badge import GOOD, REFUSED, UNKNOWN, WAITING
from mctop.ui.words.format import count, duration, percent, rate, share, size
from mctop.ui.words.text import clean
from mctop.ui.words.time_text import moment_text

if TYPE_CHECKING:
    from mctop.store.changes.intents import Intent
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
        return (*(_fact(name, NOT_KNOWN) for name in ("items", "memory", "hits", "hit rate")), last)
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
        return _fact("hits", NOT_KNOWN), _fact("hit rate", NOT_KNOWN)
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
        return (_fact("cluster now", NOT_KNOWN),)
    shown = [clean(one, LONGEST_FACT) for one in info.servers[:SHOWN]]
    more = [f"and {len(info.servers) - SHOWN} more"] if len(info.servers) > SHOWN else []
    names = [_fact("servers now" if index == 0 else "", one) for index, one in enumerate([*shown, *more])]
    return (_fact("cluster now", clean(info.cluster_name, LONGEST_FACT) or "not told"), *names)


def _counted(store: Store) -> tuple[Line, ...]:
    stats = store.stats.value.value
    if stats is None:
        return (_fact("counted", NOT_KNOWN),)
    counters = stats.counters
    return (_fact("counted", f"{count(counters.cmd_get)} gets,", f"{count(counters.get_hits)} of them hits"),)


LONGEST = 60
"""Columns of what was acted on, at most."""
SENTENCES: dict[type[Intent], tuple[str, str]] = {
    Flush: ("the cache was flushed", "the cache was not flushed"),
    ResetStats: ("the stats were reset", "the stats were not reset"),
    EnableCache: ("the cache is enabled now", "the cache is not enabled"),
    SwitchCluster: ("the cache is on another cluster now", "the cache is on the cluster it was on"),
    RotateSso: ("the SSO secret was rotated", "the SSO secret was not rotated"),
    CreateCredential: ("a credential was created", "no credential was created"),
    UpdateCredential: ("{} has these capabilities now", "{} has the capabilities it had"),
    PromoteCredential: ("{} is primary now", "{} is not primary"),
    DeleteCredential: ("credential {} is deleted", "credential {} is not deleted"),
    CreateAlert: ("the alert was created", "the alert was not created"),
    UpdateAlert: ("alert {} was changed", "alert {} was not changed"),
    ToggleAlert: ("alert {} was switched", "alert {} was not switched"),
    DeleteAlert: ("alert {} is deleted", "alert {} is not deleted"),
    CreateDeliveryConfig: ("delivery to {} was set up", "delivery to {} was not set up"),
    DeleteDeliveryConfig: ("delivery config {} is deleted", "delivery config {} is not deleted"),
    WatchPrefix: ("{} is watched now", "{} is not watched"),
    UnwatchPrefix: ("{} is not watched now", "{} is watched"),
}
"""What is so once it is done, and what is so where it is not."""
LATER: dict[type[Intent], str] = {WatchPrefix: "; its statistics come within a minute"}


def sentence(intent: Intent, outcome: Outcome) -> str:
    """What came of it in one sentence; a refusal in the server's own words."""
    subject, words = clean(intent.subject, LONGEST), clean(outcome.words, 200)
    done, undone = (one.format(subject) for one in SENTENCES[type(intent)])
    match outcome.result:
        case Result.DONE if outcome.read_back:
            return f"no clear answer came ({words}), but {done}"
        case Result.DONE:
            return f"{done}{LATER.get(type(intent), '')}"
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
TOLD_THEN = "What comes of it is told wherever you are then."
TOLD: dict[type[Intent], str] = {CreateCredential: "username", SwitchCluster: "cluster"}
"""What the API's words of what was done are."""
SECRETS: dict[type[Intent], str] = {CreateCredential: "password", RotateSso: "SSO secret"}
"""What the secret is."""


def under_way(waited: float, *, warned: bool) -> tuple[Line, ...]:
    """What is said while no answer came for `waited` seconds."""
    waiting = (Run(f"{WAITING.glyph} on its way for {duration(waited)}, no answer yet", "accent"),)
    return (waiting, (), (Run(NO_RECALL, "fair"),), (Run(TOLD_THEN),)) if warned else (waiting,)


def told(
    intent: Intent, outcome: Outcome, *, shown: bool, warned: bool, found: tuple[Line, ...] = (), listed: bool = False
) -> tuple[Line, ...]:
    """What came of it, and what was `found` since, which tells more; the secret only where it is to be `shown`.

    `listed` says that the list of credentials tells passwords.
    """
    lines: list[Line] = [(STATES[outcome.result],), ()]
    lines += [(Run(part),) for part in folded(sentence(intent, outcome))]
    if outcome.told and not found:
        name = TOLD.get(type(intent), "id")
        lines += [(), (Run(f"{name}  ", "muted"), Run(clean(outcome.told, WIDE - 14), "value"))]
    lines += [(), *found] if found else []
    if outcome.secret is None:
        return tuple(lines)
    name, secret = SECRETS.get(type(intent), "secret"), outcome.secret.get_secret_value()
    parts = chop_cells(clean(secret), WIDE - len(name) - 2) if shown else [MASK]
    lines += [(), (Run(f"{name}  ", "muted"), Run(parts[0], "value")), *((Run(part, "value"),) for part in parts[1:])]
    again = listed and isinstance(intent, CreateCredential)
    then = "the list of credentials has it too" if again else "it is lost then" if warned else "it is not shown again"
    said = f"the {name} was neither shown nor copied: {then}" if warned else then
    return (*lines, (), (Run(said, "fair" if warned else "muted"),))


def keys(outcome: Outcome | None, *, shown: bool, warned: bool) -> str:
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
