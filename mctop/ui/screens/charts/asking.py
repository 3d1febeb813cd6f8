"""What of each endpoint the charts need: the stats that are on, over the window, and over the window before."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from mctop.store.ratio import FRACTIONS, RatioScale
from mctop.store.seriesset import Wanted
from mctop.store.window import MINUTE
from mctop.ui.screens.charts.choice import Choice, Of
from mctop.ui.screens.charts.groups import DURATION, STATS

if TYPE_CHECKING:
    from mctop.store.window import TimeWindow

STEPS = 144
"""In how many steps a window passes by its own length: so often a ghost is asked for anew."""
NOTHING = Wanted()


class Wants(NamedTuple):
    """What is wanted of the series of the cache, of each server, and of latency: now, and in the window before."""

    insight: Wanted = NOTHING
    per_server: Wanted = NOTHING
    latency: Wanted = NOTHING
    before: Wanted = NOTHING
    per_server_before: Wanted = NOTHING
    latency_before: Wanted = NOTHING


def wants(choice: Choice, window: TimeWindow, scale: RatioScale, now: float) -> Wants:
    """What is wanted at server time `now`, epoch seconds; a ghost moves on in steps, so that it is not always asked."""
    stats = choice.on - {DURATION}
    ratios = any(STATS[stat].is_ratio for stat in stats)
    names = stats | FRACTIONS if ratios and scale is RatioScale.UNKNOWN else stats
    probes = choice.on & {DURATION}
    mine, probed = Wanted(names, window.seconds, window.end), Wanted(probes, window.seconds, window.end)
    earlier, earlier_probed = NOTHING, NOTHING
    if by := choice.earlier.value:
        step = max(MINUTE, window.seconds // STEPS)
        end = math.ceil(window.until(now) / step) * step - by
        earlier, earlier_probed = Wanted(stats, window.seconds, end), Wanted(probes, window.seconds, end)
    of_cache = choice.of is Of.CACHE
    return Wants(
        insight=mine if of_cache and names else NOTHING,
        per_server=NOTHING if of_cache or not names else mine,
        latency=probed if probes else NOTHING,
        before=earlier if of_cache and stats else NOTHING,
        per_server_before=earlier if choice.of is Of.ONE and stats else NOTHING,
        latency_before=earlier_probed if choice.of is Of.ONE and probes else NOTHING,
    )
