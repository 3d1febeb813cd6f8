"""The table of stats: what each is called, its unit, its colour, when it is worse, and where live samples tell it.

Cards, charts, tables, exports, pickers and alerts take all of that from here. Nothing here needs a screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal

from mctop.api.models.formulas import LOOKUPS, PAIRS, HitShare, counters_of
from mctop.api.models.formulas import STATS as FORMULAS
from mctop.store.series.ratio_scale import RatioScale
from mctop.ui.words.format import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.api.models.series import StatName
    from mctop.api.models.stats import Counters
    from mctop.store.counters.live_rates import Rates
    from mctop.store.series.series_set import SeriesSet
    from mctop.ui.renderables.plot import Colour, Side


class Worse(Enum):
    """The direction in which a stat gets worse, as the side of a threshold that an alert watches."""

    MORE = "above"
    LESS = "below"
    NEITHER = ""


@dataclass(frozen=True, slots=True)
class Stat:
    """A series of the API. Percentages are 0-100, latencies nanoseconds, rates per second.

    `label` is its name wherever it stands alone, `legend` among the stats of its group, `brief` above a column that
    has no room for the label. `first` says that its chart shows it unless others are chosen. `live` reads it from the
    rates between two samples, `gauge` from one sample of the counters; what neither reads is in series alone.
    """

    id: StatName | Literal["duration"]
    label: str
    legend: str
    unit: Unit
    colour: Colour
    worse: Worse = Worse.NEITHER
    first: bool = False
    live: Callable[[Rates], float | None] | None = None
    gauge: Callable[[Counters], float | None] | None = None
    brief: str = ""

    @property
    def is_ratio(self) -> bool:
        """Whether its series are of the scale that the API does not document."""
        return self.unit is Unit.PERCENT

    @property
    def heading(self) -> str:
        """Its name above a column."""
        return self.brief or self.label

    @property
    def title(self) -> str:
        """Its name as a title."""
        return self.label.capitalize()

    def text(self, value: float | None) -> str:
        """A value of it as text, with its unit."""
        return self.unit.text(value)

    def in_unit(self, value: float | None, scale: RatioScale) -> float | None:
        """A value of its series in its unit; of a ratio None while the scale is not known."""
        if value is None or not self.is_ratio:
            return value
        return None if scale.value is None else value * scale.value

    def sampled(self, rates: Rates) -> float | None:
        """Its value between two samples, None where they do not tell it."""
        return self.live(rates) if self.live else None


def _percentage(ratio: float | None) -> float | None:
    return None if ratio is None else ratio * 100


def _part(requests: float | None, rates: Rates) -> float | None:
    """The part that some requests are of all, as a percentage; of no requests there are no parts."""
    return requests * 100 / rates.requests if requests is not None and rates.requests else None


RATIO, RATE, BYTES, COUNT, SPEED = Unit.PERCENT, Unit.RATE, Unit.BYTES, Unit.COUNT, Unit.SPEED
LESS, MORE, NEITHER = Worse.LESS, Worse.MORE, Worse.NEITHER

# A stat has one colour on every chart. No two share it on the chart of the Overview or of a server; in a group of more
# stats than there are colours, glyphs tell them apart.
# fmt: off
HIT_RATE = Stat("hit_rate", "hit rate", "all", RATIO, "line3", LESS, first=True,
                live=lambda rates: _percentage(rates.hit_rate))
GET_HIT_RATE = Stat("get_hit_rate", "get hit rate", "get", RATIO, "line2", LESS, first=True,
                    live=lambda rates: _percentage(rates.get_hit_rate))
DELETE_HIT_RATE = Stat("delete_hit_rate", "delete hit rate", "delete", RATIO, "line1", LESS)
TOUCH_HIT_RATE = Stat("touch_hit_rate", "touch hit rate", "touch", RATIO, "line4", LESS)
INCR_HIT_RATE = Stat("incr_hit_rate", "incr hit rate", "incr", RATIO, "line5", LESS)
DECR_HIT_RATE = Stat("decr_hit_rate", "decr hit rate", "decr", RATIO, "line6", LESS)
CAS_HIT_RATE = Stat("cas_hit_rate", "cas hit rate", "cas", RATIO, "line1", LESS)

REQUESTS = Stat("request_rate", "requests", "requests", RATE, "line1", first=True, live=lambda rates: rates.requests)
GETS = Stat("get_rate", "gets", "get", RATE, "line2", first=True, live=lambda rates: rates.gets)
SETS = Stat("set_rate", "sets", "set", RATE, "line3", first=True, live=lambda rates: rates.sets)
DELETES = Stat("delete_rate", "deletes", "delete", RATE, "line4", first=True, live=lambda rates: rates.deletes)
TOUCHES = Stat("touch_rate", "touches", "touch", RATE, "line5", live=lambda rates: rates.touches)
INCRS = Stat("incr_rate", "incrs", "incr", RATE, "line6", live=lambda rates: rates.incrs)
DECRS = Stat("decr_rate", "decrs", "decr", RATE, "line1", live=lambda rates: rates.decrs)
CAS = Stat("cas_rate", "cas", "cas", RATE, "line2", live=lambda rates: rates.cas)
CAS_CONFLICTS = Stat("cas_badval_rate", "cas conflicts", "cas conflict", RATE, "line3", MORE)
FLUSHES = Stat("flush_rate", "flushes", "flush", RATE, "line4", live=lambda rates: rates.flushes)

MEMORY = Stat("bytes", "memory", "used", BYTES, "line1", MORE, first=True,
              live=lambda rates: rates.used, gauge=lambda counters: counters.bytes)
ITEMS = Stat("items", "items", "items", COUNT, "line2", first=True,
             live=lambda rates: rates.items, gauge=lambda counters: counters.curr_items)
LIMIT = Stat("max_bytes", "limit", "limit", BYTES, "line4",
             live=lambda rates: rates.limit or None, gauge=lambda counters: counters.limit_maxbytes or None)

EVICTIONS = Stat("eviction_rate", "evictions", "evictions", RATE, "line6", MORE, first=True,
                 live=lambda rates: rates.evictions)
EXPIRATIONS = Stat("get_expired_rate", "expirations", "expirations", RATE, "line2", first=True, brief="expir.",
                   live=lambda rates: rates.expirations)

LATENCY = Stat("duration", "latency", "latency", Unit.LATENCY, "line1", MORE, first=True)

CONNECTIONS = Stat("connections", "connections", "open", COUNT, "line2", first=True, brief="conns",
                   live=lambda rates: rates.open, gauge=lambda counters: counters.curr_connections)
NEW_CONNECTIONS = Stat("connection_rate", "new connections", "new", RATE, "line1", MORE, first=True,
                       live=lambda rates: rates.connections)

BYTES_IN = Stat("bytes_read_rate", "network in", "in", SPEED, "line1", first=True, live=lambda rates: rates.read)
BYTES_OUT = Stat("bytes_write_rate", "network out", "out", SPEED, "line2", first=True, live=lambda rates: rates.written)

GET_PART = Stat("get_fraction", "get part", "get", RATIO, "line1", first=True,
                live=lambda rates: _part(rates.gets, rates))
SET_PART = Stat("set_fraction", "set part", "set", RATIO, "line2", first=True,
                live=lambda rates: _part(rates.sets, rates))
DELETE_PART = Stat("delete_fraction", "delete part", "delete", RATIO, "line3", first=True,
                   live=lambda rates: _part(rates.deletes, rates))
TOUCH_PART = Stat("touch_fraction", "touch part", "touch", RATIO, "line4",
                  live=lambda rates: _part(rates.touches, rates))
INCR_PART = Stat("incr_fraction", "incr part", "incr", RATIO, "line5", live=lambda rates: _part(rates.incrs, rates))
DECR_PART = Stat("decr_fraction", "decr part", "decr", RATIO, "line6", live=lambda rates: _part(rates.decrs, rates))
CAS_PART = Stat("cas_fraction", "cas part", "cas", RATIO, "line1", live=lambda rates: _part(rates.cas, rates))
FLUSH_PART = Stat("flush_fraction", "flush part", "flush", RATIO, "line2",
                  live=lambda rates: _part(rates.flushes, rates))

AUTHENTICATIONS = Stat("auth_cmds_rate", "authentications", "tried", RATE, "line1", first=True)
AUTHENTICATION_FAILURES = Stat("auth_errors_rate", "authentication failures", "failed", RATE, "line2", MORE, first=True)
# fmt: on


@dataclass(frozen=True, slots=True)
class StatGroup:
    """Stats that answer one question together: one chart, with at most two units."""

    id: str
    title: str
    stats: tuple[Stat, ...]

    @property
    def first(self) -> frozenset[str]:
        """The ids of the stats that its chart shows unless others are chosen."""
        return frozenset(stat.id for stat in self.stats if stat.first)

    @property
    def left(self) -> Unit:
        """The unit of its left axis, which is that of its first stat."""
        return self.stats[0].unit

    @property
    def right(self) -> Unit | None:
        """The unit of its right axis, None where all of its stats have one unit."""
        return next((stat.unit for stat in self.stats if stat.unit is not self.left), None)

    def side(self, stat: Stat) -> Side:
        """The axis that one of its stats is drawn against."""
        return "left" if stat.unit is self.left else "right"


HITS = StatGroup("hits", "Hit rates", (
    HIT_RATE, GET_HIT_RATE, DELETE_HIT_RATE, TOUCH_HIT_RATE, INCR_HIT_RATE, DECR_HIT_RATE, CAS_HIT_RATE,
))  # fmt: skip
MEMORIES = StatGroup("memory", "Memory", (MEMORY, ITEMS, LIMIT))
GROUPS = (
    HITS,
    StatGroup("traffic", "Traffic", (
        REQUESTS, GETS, SETS, DELETES, TOUCHES, INCRS, DECRS, CAS, CAS_CONFLICTS, FLUSHES,
    )),
    MEMORIES,
    StatGroup("evictions", "Evictions", (EVICTIONS, EXPIRATIONS)),
    StatGroup("latency", "Latency", (LATENCY,)),
    StatGroup("connections", "Connections", (CONNECTIONS, NEW_CONNECTIONS)),
    StatGroup("network", "Network", (BYTES_IN, BYTES_OUT)),
    StatGroup("commands", "Commands", (
        GET_PART, SET_PART, DELETE_PART, TOUCH_PART, INCR_PART, DECR_PART, CAS_PART, FLUSH_PART,
    )),
    StatGroup("auth", "Authentication", (AUTHENTICATIONS, AUTHENTICATION_FAILURES)),
)  # fmt: skip
"""In the order of the questions of someone who was just called."""

STATS: dict[str, Stat] = {stat.id: stat for group in GROUPS for stat in group.stats}
GROUP_OF: dict[str, StatGroup] = {stat.id: group for group in GROUPS for stat in group.stats}


def is_untold(stat: Stat, counters: Counters | None) -> bool:
    """Whether a sample does not tell a counter that a stat is made of; None tells nothing of that."""
    formula = FORMULAS.get(stat.id)
    if counters is None or formula is None:
        return False
    names = formula.pairs[0] if isinstance(formula, HitShare) else counters_of(formula)
    return any(getattr(counters, name) is None for name in names)


@dataclass(frozen=True, slots=True)
class NewestStats:
    """The newest value of each stat of the cache, or of one server: from live samples, or else from series.

    `series` and `latency` are the answers to read, None before the first; `counters` and `rates` the newest sample.
    """

    rates: Rates | None = None
    counters: Counters | None = None
    series: SeriesSet | None = None
    latency: SeriesSet | None = None
    scale: RatioScale = RatioScale.UNKNOWN
    server: str | None = None

    @property
    def window(self) -> float:
        """Seconds over which its rates are taken, 0 while there are none."""
        if self.rates is not None:
            return self.rates.window
        return self.series.bucket if self.series else 0

    def lacks(self, stat: Stat) -> bool:
        """Whether the newest sample does not tell a counter that a stat is made of."""
        return is_untold(stat, self.counters)

    @property
    def lookups_told(self) -> tuple[str, ...]:
        """The commands whose hits and misses the newest sample tells, which its hit rate is of."""
        counters = self.counters
        pairs = zip(LOOKUPS, PAIRS, strict=True) if counters is not None else ()
        return tuple(name for name, pair in pairs if None not in (getattr(counters, each) for each in pair))

    def value(self, stat: Stat) -> float | None:
        """The value of a stat in its unit, None while it is not known, or has no meaning without traffic."""
        if self.counters is not None and stat.gauge is not None:
            return stat.gauge(self.counters)
        if self.rates is not None and stat.live is not None:
            return stat.live(self.rates)
        series = self.latency if stat is LATENCY else self.series
        return stat.in_unit(series.latest(stat.id, self.server), self.scale) if series else None
