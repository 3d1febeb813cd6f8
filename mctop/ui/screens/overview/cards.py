"""The eight cards: what the picture says, as clean text."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from mctop.store.window import HOUR
from mctop.ui.badge import HIGH, band
from mctop.ui.format import NOTHING, change, count, duration, latency, percent, points, rate, share, size
from mctop.ui.screens.overview.now import Now, now
from mctop.ui.screens.overview.past import Values, added, over
from mctop.ui.screens.overview.picture import DURATION, Picture
from mctop.ui.text import clean
from mctop.ui.widgets.card import CardFace

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.rates import Rates

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
