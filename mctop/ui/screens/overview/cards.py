"""The cards, each a function of the picture, and the panel that lays them out."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from mctop.store.base.health import Freshness, freshness
from mctop.store.base.window import HOUR
from mctop.ui.renderables.heading import notice
from mctop.ui.renderables.runs import Glyphs
from mctop.ui.screens.overview.arrangement import CARDS, card_columns
from mctop.ui.screens.overview.picture import DURATION, Now, Picture, now
from mctop.ui.screens.shared.even_series import Values, added, over
from mctop.ui.widgets.card import Card, CardFace
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.badge import HIGH, band
from mctop.ui.words.format import NOTHING, change, count, duration, latency, percent, points, rate, share, size
from mctop.ui.words.freshness_text import Explanation, badge, explain
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from mctop.store.counters.live_rates import Rates
    from mctop.store.store import Store
    from mctop.ui.renderables.runs import Run
    from mctop.ui.words.badge import Badge


MANY_CONNECTIONS = 10
"""New connections per second above which a client probably does not keep its connections."""
LIVE_ONLY: dict[str, Callable[[Rates], float | None]] = {
    "hit_rate": attrgetter("hit_rate"), "request_rate": attrgetter("requests"),
    "connection_rate": attrgetter("connections"), "eviction_rate": attrgetter("evictions"),
    "bytes_read_rate": attrgetter("read"), "bytes_write_rate": attrgetter("written"),
}  # fmt: skip
"""Where the live rates hold what a series holds, for an API that gives no series."""


def cards(picture: Picture) -> tuple[CardFace, ...]:
    """The faces of all cards, in their order on the screen."""
    known = now(picture)
    return (
        _hit_rate(picture, known), _requests(picture, known), _memory(picture, known), _items(picture, known),
        _connections(picture, known), _evictions(picture, known), _network(picture, known), _latency(picture),
    )  # fmt: skip


def _hit_rate(picture: Picture, known: Now) -> CardFace:
    before = picture.percent(_hour(picture, "hit_rate"))
    return CardFace(
        "Hit rate", percent(known.hit_rate), _over(known), band(known.hit_rate),
        _against(points(known.hit_rate, before)),
        (("no lookups",) if known.hit_rate is None and known.requests is not None else
         _known(before, f"{percent(before)} over the hour before", f"1h avg {percent(before)}"),
         _known(known.get_hit_rate, f"get alone {percent(known.get_hit_rate)}")),
        *_trend(picture, "hit_rate"),
    )  # fmt: skip


def _requests(picture: Picture, known: Now) -> CardFace:
    parts = (("get", known.gets), ("set", known.sets), ("delete", known.deletes), ("other", known.others))
    words = [f"{name} {count(value)}" for name, value in parts]
    return CardFace(
        "Requests", rate(known.requests), _over(known), None,
        _against(change(known.requests, _hour(picture, "request_rate"))),
        ((" · ".join(words) + " /s", " · ".join(words[:3]) + " /s", " · ".join(words[:2]) + " /s",
          " ".join(words[:2]) + "/s", f"{words[0]}/s"),),
        *_trend(picture, "request_rate"),
    )  # fmt: skip


def _memory(picture: Picture, known: Now) -> CardFace:
    plan = picture.cache.plan if picture.cache and picture.cache.plan > 0 else None
    of_limit = f"{share(known.used, known.limit)} of limit"
    of_plan = f"{share(known.used, plan)} of plan"
    both = (f"{of_limit} {size(known.limit)}", of_limit) if plan is None else (
        f"{of_limit} · {of_plan}",
        f"{_whole(known.used, known.limit)} limit · {_whole(known.used, plan)} plan",
        of_limit,
    )  # fmt: skip
    sizes = (f"limit {size(known.limit)} · plan {size(plan)}", f"limit {size(known.limit)}")
    return CardFace(
        "Memory", size(known.used), (), None, _against(change(known.used, _hour(picture, "bytes"))),
        (both, sizes if plan is not None else ("",)), *_trend(picture, "bytes"),
    )  # fmt: skip


def _items(picture: Picture, known: Now) -> CardFace:
    average = None if known.used is None or not known.items else known.used / known.items
    return CardFace(
        "Items", count(known.items), (), None, _against(change(known.items, _hour(picture, "items"))),
        ((f"average size {size(average)}", f"avg {size(average)}"),), *_trend(picture, "items"),
    )  # fmt: skip


def _connections(picture: Picture, known: Now) -> CardFace:
    many = known.connecting is not None and known.connecting > MANY_CONNECTIONS
    fresh = rate(known.connecting)
    return CardFace(
        "Connections", count(known.connections), (), HIGH if many else None,
        _against(change(known.connections, _hour(picture, "connections"))),
        ((*((f"{fresh} new over {duration(round(known.window))}",) if known.window else ()), f"{fresh} new"),
         ("more than 10/s: do clients reconnect?", "more than 10/s is high") if many else ("",)),
        *_trend(picture, "connections", instead="connection_rate"),
    )  # fmt: skip


def _evictions(picture: Picture, known: Now) -> CardFace:
    expired = rate(known.expirations)
    return CardFace(
        "Evictions", rate(known.evictions), _over(known), None,
        _against(change(known.evictions, _hour(picture, "eviction_rate"))),
        ((f"expirations {expired}", f"expired {expired}"),), *_trend(picture, "eviction_rate", low=0.0),
    )  # fmt: skip


def _network(picture: Picture, known: Now) -> CardFace:
    both = None if known.read is None or known.written is None else known.read + known.written
    before_in, before_out = _hour(picture, "bytes_read_rate"), _hour(picture, "bytes_write_rate")
    before = None if before_in is None or before_out is None else before_in + before_out
    values, span = _series(picture, "bytes_read_rate")
    others, _ = _series(picture, "bytes_write_rate")
    return CardFace(
        "Network", f"{size(both)}/s" if both is not None else NOTHING, _over(known), None,
        _against(change(both, before)), (_in_and_out(known),), added(values, others), span,
    )  # fmt: skip


def _latency(picture: Picture) -> CardFace:
    found = picture.latency
    newest = [(found.latest(DURATION, server), server) for server in found.servers()] if found else []
    measured = [(value, server) for value, server in newest if value is not None]
    if found is None or not measured:
        return CardFace("Latency", NOTHING, (), details=(("worst of all servers",),))
    value, server = max(measured)
    name = clean(server, 80)
    return CardFace(
        "Latency", latency(value), (f"worst of {len(measured)} · {duration(found.bucket)}", duration(found.bucket)),
        None, _against(change(value, found.mean(DURATION, server, seconds=HOUR))), ((name,),),
        over(found, DURATION, picture.window, server), duration(picture.window),
    )  # fmt: skip


def _hour(picture: Picture, stat: str) -> float | None:
    return picture.insight.mean(stat, seconds=HOUR) if picture.insight else None


def _against(text: str) -> tuple[str, ...]:
    return () if text == NOTHING else (f"{text} vs hour before", f"{text} vs 1h", text)


def _over(known: Now) -> tuple[str, ...]:
    window = duration(round(known.window))
    return (f"over {window}", window) if known.window else ()


def _known(value: float | None, *variants: str) -> tuple[str, ...]:
    return ("",) if value is None else variants


def _whole(part: float | None, whole: float | None) -> str:
    return f"{part * 100 / whole:.0f} %" if part is not None and whole else NOTHING


def _in_and_out(known: Now) -> tuple[str, ...]:
    if known.read is None or known.written is None:
        return ("",)
    inward, outward = size(known.read), size(known.written)
    (amount, unit), (other, other_unit) = inward.split(), outward.split()
    if unit == other_unit:
        brief = f"↓{amount} ↑{other} {unit}/s"
    else:
        brief = f"↓{amount}{unit.removesuffix('B')} ↑{other}{other_unit.removesuffix('B')} B/s"
    return (f"in {inward}/s · out {outward}/s", brief, f"out {outward}/s")


def _series(picture: Picture, stat: str, instead: str | None = None) -> tuple[Values, str]:
    """The window of a series and its length; where there is no series, the live rates of the last minutes."""
    values = over(picture.insight, stat, picture.window)
    if values:
        return values, duration(picture.window)
    field = LIVE_ONLY.get(instead or stat)
    history = picture.stats.history if picture.stats and field else ()
    if field is None or len(history) < 2:
        return (), ""
    return tuple(field(rates) for rates in history), duration(history[-1].time - history[0].time)


def _trend(
    picture: Picture, stat: str, *, instead: str | None = None, low: float | None = None
) -> tuple[Values, str, float | None]:
    """What a face wants to know of its trend."""
    return (*_series(picture, stat, instead), low)


COUNT = 8


class CardPanel(Lines):
    """The eight cards. They live by the counters, but for the latency, and stand in for them by the last minute."""

    DEFAULT_CSS = """
    CardPanel { layout: grid; grid-size: 4 2; grid-gutter: 0 2; overflow: hidden; }
    CardPanel.-slim { grid-size: 2 4; }
    """

    needs = frozenset({"cache", "stats", "insight", "latency", "scale"})

    def __init__(self, store: Store, *, lean: bool) -> None:
        super().__init__(id=CARDS)
        self._store = store
        self._cards = tuple(Card() for _ in range(COUNT))
        self._empty = True
        self._badge: Badge | None = None
        self._why: Explanation | None = None
        for card in self._cards:
            card.glyphs = Glyphs.ASCII if lean else Glyphs.BLOCK

    def compose(self) -> ComposeResult:
        """The cards."""
        yield from self._cards

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """Why there are no cards, below a blank line."""
        return ((), *notice(self._why, self._badge, width, height - 1)) if self._why else ()

    def on_resize(self, event: events.Resize) -> None:
        """Stand in two columns where four have no room."""
        super().on_resize(event)
        self.set_class(card_columns(event.size.width) == 2, "-slim")

    def show(self, picture: Picture) -> None:
        """Hand each card its face."""
        self._empty = picture.stats is None and picture.insight is None
        for card, face in zip(self._cards, cards(picture), strict=True):
            card.face = face

    def judge(self, now: float) -> None:
        """Say how honest the cards are at monotonic time `now`, and why there are none if so."""
        *others, latency = self._cards
        health = self._store.stats.health.value
        state = badge(health, now)
        for card in others:
            card.badge = state
        latency.badge = badge(self._store.latency.health.value, now)
        self._badge, self._why = state, self._why_empty(now) if self._empty else None
        for card in self._cards:
            card.display = not self._empty
        self.redraw()

    def _why_empty(self, now: float) -> Explanation:
        health = self._store.stats.health.value
        if health.failure is not None:
            return explain(health.failure)
        doing = self._store.connecting.value
        if doing is not None and freshness(health, now) is Freshness.WAITING:
            return Explanation(f"connecting: {clean(doing, 120)}", "")
        return Explanation("waiting for the first sample", "")
