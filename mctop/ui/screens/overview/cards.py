"""The cards of the Overview, each one function, and the panel that lays them out.

A card is drawn by a function of the picture that `card` puts on the Overview, with the stats that it reads. What is
fetched and how the cards stand follow from that: nothing else knows how many cards there are, or which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mctop.api.models.formulas import LOOKUPS
from mctop.store.base.health import Freshness, freshness
from mctop.store.base.window import HOUR
from mctop.ui.renderables.heading import notice
from mctop.ui.screens.overview.arrangement import CARDS, card_columns
from mctop.ui.screens.shared.even_series import Values, added, over
from mctop.ui.stats import (
    BYTES_IN,
    BYTES_OUT,
    CONNECTIONS,
    DELETES,
    EVICTIONS,
    EXPIRATIONS,
    GET_HIT_RATE,
    GETS,
    HIT_RATE,
    ITEMS,
    LATENCY,
    LIMIT,
    MEMORY,
    NEW_CONNECTIONS,
    REQUESTS,
    SETS,
)
from mctop.ui.widgets.card import Card, CardFace
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.badge import HIGH
from mctop.ui.words.format import NOTHING, change, count, duration, points, share, size
from mctop.ui.words.freshness_text import Explanation, badge, explain
from mctop.ui.words.hit_rate_band import band
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from mctop.store.series.series_set import SeriesSet
    from mctop.store.store import Store
    from mctop.ui.screens.overview.picture import OverviewPicture
    from mctop.ui.stats import NewestStats, Stat
    from mctop.ui.words.badge import Badge
    from mctop.ui.words.runs import Run

    Draw = Callable[[OverviewPicture], CardFace]


@dataclass(frozen=True, slots=True)
class OverviewCard:
    """A card: the stats that it reads, which are fetched for it, and the function that draws it."""

    stats: tuple[Stat, ...]
    draw: Draw


OVERVIEW_CARDS: list[OverviewCard] = []
"""All cards, in their order on the screen, which is that of the functions below."""


def card(*stats: Stat) -> Callable[[Draw], Draw]:
    """Put the card that a function draws behind those that there are; `stats` are all that it reads."""

    def add(draw: Draw) -> Draw:
        OVERVIEW_CARDS.append(OverviewCard(stats, draw))
        return draw

    return add


def card_stats() -> frozenset[str]:
    """The series of the cache that the cards read."""
    return frozenset(stat.id for card in OVERVIEW_CARDS for stat in card.stats if stat is not LATENCY)


@card(HIT_RATE, GET_HIT_RATE, REQUESTS)
def hit_rate_card(picture: OverviewPicture) -> CardFace:
    """The hit rate, its band, and that of get alone."""
    newest = picture.newest
    hit_rate, of_gets = newest.value(HIT_RATE), newest.value(GET_HIT_RATE)
    is_idle = hit_rate is None and newest.value(REQUESTS) is not None and not newest.lacks(HIT_RATE)
    told = newest.lookups_told
    alone = (
        () if len(told) in (0, len(LOOKUPS)) else (f"of {', '.join(told)}: no more is told", f"of {', '.join(told)}")
    )
    past = _past(picture, HIT_RATE)
    before = HIT_RATE.in_unit(past.value, picture.scale)
    usual = HIT_RATE.text(before)
    compared = ("",) if before is None else (f"{usual} over the {past.span} before", f"{past.brief} avg {usual}")
    return CardFace(
        HIT_RATE.title, HIT_RATE.text(hit_rate), _over(newest), band(hit_rate), past.against(points(hit_rate, before)),
        _lines(
            ("no lookups",) if is_idle else compared,
            alone or ("" if of_gets is None else f"get alone {GET_HIT_RATE.text(of_gets)}",),
        ),
        *_trend(picture, HIT_RATE),
    )  # fmt: skip


@card(REQUESTS, GETS, SETS, DELETES)
def requests_card(picture: OverviewPicture) -> CardFace:
    """Requests per second, and how many of them are get, set, delete, and others."""
    newest = picture.newest
    requests, named = newest.value(REQUESTS), [(stat.legend, newest.value(stat)) for stat in (GETS, SETS, DELETES)]
    listed = [value for _, value in named if value is not None]
    others = None if requests is None or len(listed) < len(named) else max(0.0, requests - sum(listed))
    words = [f"{name} {count(value)}" for name, value in (*named, ("other", others))]
    return CardFace(
        REQUESTS.title, REQUESTS.text(requests), _over(newest), None,
        _past(picture, REQUESTS).change(requests),
        ((" · ".join(words) + " /s", " · ".join(words[:3]) + " /s", " · ".join(words[:2]) + " /s",
          " ".join(words[:2]) + "/s", f"{words[0]}/s"),),
        *_trend(picture, REQUESTS),
    )  # fmt: skip


@card(MEMORY, LIMIT)
def memory_card(picture: OverviewPicture) -> CardFace:
    """The memory in use, and its part of the limit and of the plan."""
    used, limit = picture.newest.value(MEMORY), picture.newest.value(LIMIT) or None
    plan = picture.cache.plan if picture.cache and picture.cache.plan > 0 else None
    of_limit = f"{share(used, limit)} of limit"
    both = (f"{of_limit} {size(limit)}", of_limit) if plan is None else (
        f"{of_limit} · {share(used, plan)} of plan",
        f"{_whole_percent(used, limit)} limit · {_whole_percent(used, plan)} plan",
        of_limit,
    )  # fmt: skip
    sizes = (f"limit {size(limit)} · plan {size(plan)}", f"limit {size(limit)}")
    return CardFace(
        MEMORY.title, MEMORY.text(used), (), None, _past(picture, MEMORY).change(used),
        (both, sizes if plan is not None else ("",)), *_trend(picture, MEMORY),
    )  # fmt: skip


@card(ITEMS, MEMORY)
def items_card(picture: OverviewPicture) -> CardFace:
    """How many items there are, and their average size."""
    items, used = picture.newest.value(ITEMS), picture.newest.value(MEMORY)
    average = size(None if used is None or not items else used / items)
    return CardFace(
        ITEMS.title, ITEMS.text(items), (), None, _past(picture, ITEMS).change(items),
        ((f"average size {average}", f"avg {average}"),), *_trend(picture, ITEMS),
    )  # fmt: skip


MANY_CONNECTIONS = 10
"""New connections per second above which a client probably does not keep its connections."""


@card(CONNECTIONS, NEW_CONNECTIONS)
def connections_card(picture: OverviewPicture) -> CardFace:
    """Open connections, and new ones per second."""
    newest = picture.newest
    connections, new = newest.value(CONNECTIONS), newest.value(NEW_CONNECTIONS)
    many = new is not None and new > MANY_CONNECTIONS
    fresh = NEW_CONNECTIONS.text(new)
    return CardFace(
        CONNECTIONS.title, CONNECTIONS.text(connections), (), HIGH if many else None,
        _past(picture, CONNECTIONS).change(connections),
        ((*((f"{fresh} new over {duration(round(newest.window))}",) if newest.window else ()), f"{fresh} new"),
         (f"more than {MANY_CONNECTIONS}/s: do clients reconnect?", f"more than {MANY_CONNECTIONS}/s is high")
         if many else ("",)),
        *_trend(picture, CONNECTIONS, instead=NEW_CONNECTIONS),
    )  # fmt: skip


@card(EVICTIONS, EXPIRATIONS)
def evictions_card(picture: OverviewPicture) -> CardFace:
    """Evictions and expirations per second."""
    evictions, expired = picture.newest.value(EVICTIONS), EXPIRATIONS.text(picture.newest.value(EXPIRATIONS))
    return CardFace(
        EVICTIONS.title, EVICTIONS.text(evictions), _over(picture.newest), None,
        _past(picture, EVICTIONS).change(evictions),
        ((f"{EXPIRATIONS.label} {expired}", f"{EXPIRATIONS.heading} {expired}"),), *_trend(picture, EVICTIONS), low=0.0,
    )  # fmt: skip


@card(BYTES_IN, BYTES_OUT)
def network_card(picture: OverviewPicture) -> CardFace:
    """Bytes per second in and out together, and each."""
    read, written = picture.newest.value(BYTES_IN), picture.newest.value(BYTES_OUT)
    both = None if read is None or written is None else read + written
    before = _past(picture, BYTES_IN).plus(_past(picture, BYTES_OUT))
    (values, span), (others, _) = _trend(picture, BYTES_IN), _trend(picture, BYTES_OUT)
    return CardFace(
        "Network", BYTES_IN.text(both), _over(picture.newest), None, before.change(both),
        (_in_and_out(read, written),), added(values, others), span,
    )  # fmt: skip


@card(LATENCY)
def latency_card(picture: OverviewPicture) -> CardFace:
    """The latency of the slowest server, and which one that is."""
    series = picture.latency
    newest = [(series.latest(LATENCY.id, server), server) for server in series.servers()] if series else []
    measured = [(value, server) for value, server in newest if value is not None]
    if series is None or not measured:
        return CardFace(LATENCY.title, NOTHING, (), details=(("worst of all servers",),))
    value, server = max(measured)
    bucket = duration(series.bucket)
    return CardFace(
        LATENCY.title, LATENCY.text(value), (f"worst of {len(measured)} · {bucket}", bucket), None,
        _past_of(series, LATENCY, server).change(value), ((clean(server, 80),),),
        over(series, LATENCY.id, picture.window, server), duration(picture.window),
    )  # fmt: skip


UNTOLD = ("the server does not tell it", "not told")
"""Said in place of the window of a value that is not known."""
ENOUGH = 120
"""Seconds of the past without which nothing is compared with it: less is hardly more than now."""
WHOLE = 0.95
"""The part of the hour before that must be known to be called that."""


@dataclass(frozen=True, slots=True)
class PastHour:
    """The mean of a stat over the hour before, or over as much of it as is known; None without enough."""

    value: float | None = None
    seconds: float = 0

    @property
    def span(self) -> str:
        """How long it is: `hour`, `12m`."""
        return "hour" if self.seconds >= WHOLE * HOUR else self.brief

    @property
    def brief(self) -> str:
        """How long it is: `1h`, `12m`."""
        return duration(HOUR if self.seconds >= WHOLE * HOUR else self.seconds)

    def plus(self, other: PastHour) -> PastHour:
        """Both together, as far back as both are known."""
        if self.value is None or other.value is None:
            return PastHour()
        return PastHour(self.value + other.value, min(self.seconds, other.seconds))

    def change(self, now: float | None) -> tuple[str, ...]:
        """How much more or less it is now, longest first; nothing where that is not known."""
        return self.against(change(now, self.value))

    def against(self, text: str) -> tuple[str, ...]:
        """A change with what it is against."""
        return () if text == NOTHING else (f"{text} vs {self.span} before", f"{text} vs {self.brief}", text)


def _past(picture: OverviewPicture, stat: Stat) -> PastHour:
    return _past_of(picture.insight, stat)


def _past_of(series: SeriesSet | None, stat: Stat, server: str | None = None) -> PastHour:
    mean = series.mean(stat.id, server, seconds=HOUR) if series else None
    return PastHour() if mean is None or mean.seconds < ENOUGH else PastHour(mean.value, mean.seconds)


def _lines(*details: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The details that say something first: where there is little room, the last ones go."""
    return tuple(sorted(details, key=lambda variants: variants == ("",)))


def _over(newest: NewestStats) -> tuple[str, ...]:
    window = duration(round(newest.window))
    return (f"over {window}", window) if newest.window else ()


def _whole_percent(part: float | None, whole: float | None) -> str:
    return f"{part * 100 / whole:.0f} %" if part is not None and whole else NOTHING


def _in_and_out(read: float | None, written: float | None) -> tuple[str, ...]:
    if read is None or written is None:
        return ("",)
    inward, outward = size(read), size(written)
    (amount, unit), (other, other_unit) = inward.split(), outward.split()
    if unit == other_unit:
        brief = f"↓{amount} ↑{other} {unit}/s"
    else:
        brief = f"↓{amount}{unit.removesuffix('B')} ↑{other}{other_unit.removesuffix('B')} B/s"
    return (f"in {inward}/s · out {outward}/s", brief, f"out {outward}/s")


def _trend(picture: OverviewPicture, stat: Stat, *, instead: Stat | None = None) -> tuple[Values, str]:
    """The window of a series and its length; where there is no series, the live rates of the last minutes.

    `instead` is what live rates are read for, where the stat is a gauge, of which they only hold the newest.
    """
    values = over(picture.insight, stat.id, picture.window)
    if values:
        return values, duration(picture.window)
    sampled = instead or stat
    history = picture.stats.history if picture.stats and sampled.live and not sampled.gauge else ()
    if len(history) < 2:
        return (), ""
    return tuple(map(sampled.sampled, history)), duration(history[-1].time - history[0].time)


def face_of(card: OverviewCard, picture: OverviewPicture) -> CardFace:
    """The face of a card; where its value is not known because no counter tells it, it says so."""
    face = card.draw(picture)
    is_lacking = face.value == NOTHING and picture.newest.lacks(card.stats[0])
    return replace(face, note=UNTOLD) if is_lacking else face


class CardPanel(Lines):
    """All cards. They live by the counters, but for the latency, and stand in for them by the last minute."""

    DEFAULT_CSS = """
    CardPanel { layout: grid; grid-gutter: 0 2; overflow: hidden; }
    """

    def __init__(self, store: Store) -> None:
        super().__init__(id=CARDS)
        self._store = store
        self._cards = tuple((card, Card()) for card in OVERVIEW_CARDS)
        self._empty = True
        self._badge: Badge | None = None
        self._why: Explanation | None = None

    @property
    def count(self) -> int:
        """How many cards there are."""
        return len(self._cards)

    def compose(self) -> ComposeResult:
        """The cards."""
        yield from (widget for _, widget in self._cards)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """Why there are no cards, below a blank line."""
        return ((), *notice(self._why, self._badge, width, height - 1)) if self._why else ()

    def on_resize(self, event: events.Resize) -> None:
        """Stand side by side as far as there is room."""
        super().on_resize(event)
        columns = card_columns(self.count, event.size.width, event.size.height)
        self.styles.grid_size_columns = columns
        self.styles.grid_size_rows = -(-self.count // columns)

    def show(self, picture: OverviewPicture) -> None:
        """Hand each card its face."""
        self._empty = picture.stats is None and picture.insight is None
        for card, widget in self._cards:
            widget.face = face_of(card, picture)

    def judge(self, now: float) -> None:
        """Say how honest the cards are at monotonic time `now`, and why there are none if so."""
        state = badge(self._store.stats.health.value, now)
        probed = badge(self._store.latency.health.value, now)
        for card, widget in self._cards:
            widget.badge = probed if card.stats == (LATENCY,) else state
            widget.display = not self._empty
        self._badge, self._why = state, self._why_empty(now) if self._empty else None
        self.redraw()

    def _why_empty(self, now: float) -> Explanation:
        health = self._store.stats.health.value
        if health.failure is not None:
            return explain(health.failure)
        connecting = self._store.connecting.value
        if connecting is not None and freshness(health, now) is Freshness.WAITING:
            return Explanation(f"connecting: {clean(connecting, 120)}", "")
        return Explanation("waiting for the first sample", "")
